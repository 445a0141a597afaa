import { defineMagic, type MagicRegistry } from "./registry.js";

/** @param registry The registry that this magic too is part of: asked for when it runs. */
export const lsmagicOf = (registry: () => MagicRegistry) =>
  defineMagic({
    name: "lsmagic",
    kind: "line",
    summary: "Lists the magics.",
    details: "%NAME? shows the help of one.",
    run(context) {
      const all = registry().list();
      const width = Math.max(...all.map(({ name }) => name.length)) + 2;
      const rows = all.map((magic) => {
        const signs = magic.kind === "cell" ? "%%" : magic.kind === "both" ? "%, %%" : "%";
        return `${signs.padStart(5)}${magic.name.padEnd(width)}${magic.summary}`;
      });
      rows.push(`${"!".padStart(5)}${"command".padEnd(width)}Runs a command in the system's shell: !ls -l`);
      context.print(`${rows.join("\n")}\n`);
    },
  });
