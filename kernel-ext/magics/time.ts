import { durationText } from "../../src/base/durationText.js";
import { defineMagic } from "./registry.js";
import { requireCode } from "./requireCode.js";

export const time = defineMagic({
  name: "time",
  kind: "both",
  summary: "Runs the cell, or the rest of the line, and says how long it took.",
  examples: ["%%time\nconst x = slow()", "%time slow()"],
  positionals: [{ name: "code", summary: "TypeScript to run (with one percent sign)", verbatim: true }],
  body: "code",
  lineBody: "once",
  async run(context, { positionals: [code] }) {
    requireCode("time", context, code);
    const cpu = process.cpuUsage();
    const begin = performance.now();
    try {
      return await context.runBody();
    } finally {
      const wall = (performance.now() - begin) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      const [inUser, inSystem] = [durationText(user / 1e6), durationText(system / 1e6)];
      context.print(`wall ${durationText(wall)}, CPU ${inUser} user + ${inSystem} system\n`);
    }
  },
});
