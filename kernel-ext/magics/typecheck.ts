import { defineMagic } from "./registry.js";

export const typecheck = defineMagic({
  name: "typecheck",
  kind: "line",
  summary: "Says how cells are type-checked, or changes it from the next cell on.",
  details:
    "strict: an error stops the cell before it runs. warn: the check runs beside the cell. off: cells are not checked.",
  examples: ["%typecheck warn"],
  positionals: [
    { name: "mode", summary: "How cells are checked from now on", choices: ["strict", "warn", "off"] },
  ],
  async run(context, { positionals: [mode] }) {
    const now = await context.request(
      "typecheck",
      mode === undefined ? {} : { mode: mode as "strict" | "warn" | "off" },
    );
    context.print(`type check: ${now}\n`);
  },
});
