import { defineMagic, type MagicDefinition, type MagicRegistry } from "./registry.js";
import { wrapText } from "./wrapText.js";

/** Columns of the table: what a terminal has at least, less the prompt's. */
const width = 76;

/** @param registry The registry that this magic too is part of: asked for when it runs. */
export const lsmagicOf = (registry: () => MagicRegistry) =>
  defineMagic({
    name: "lsmagic",
    kind: "line",
    summary: "Lists the magics.",
    details: "%NAME? shows the help of one.",
    run(context) {
      const rows = registry()
        .list()
        .map((magic) => [written(magic), magic.summary] as const);
      rows.push(["!command", "Runs a command in the system's shell: !ls -l"]);
      const left = Math.max(...rows.map(([name]) => name.length)) + 2;
      const lines = rows.flatMap(([name, summary]) =>
        wrapText(summary, width - left).map((part, index) => (index === 0 ? name : "").padEnd(left) + part),
      );
      context.print(`${lines.join("\n")}\n\n%NAME? shows the words, the options and examples of one.\n`);
    },
  });

/** As it is called: `%time, %%time`. */
function written({ name, kind }: MagicDefinition): string {
  return kind === "both" ? `%${name}, %%${name}` : `${kind === "cell" ? "%%" : "%"}${name}`;
}
