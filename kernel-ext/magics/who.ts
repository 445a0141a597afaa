import { defineMagic } from "./registry.js";

export const who = defineMagic({
  name: "who",
  kind: "line",
  summary: "Lists the names that cells declared: type and cell.",
  examples: ["%who", "%who lr"],
  positionals: [{ name: "name", summary: "Only names that contain this", suggest: (_, { names }) => names }],
  async run(context, { positionals: [part = ""] }) {
    const all = await context.request("names", {});
    const rows = all.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()));
    if (rows.length === 0) {
      context.print(part === "" ? "no cell has declared a name yet\n" : `no name contains ${part}\n`);
      return;
    }
    const width = Math.max(...rows.map(({ name }) => name.length));
    const lines = rows
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((row) => {
        const type = row.type.replace(/\s+/g, " ");
        return `${row.name.padEnd(width)}  cell ${String(row.cell).padStart(3)}  ${type.length > 90 ? `${type.slice(0, 89)}…` : type}`;
      });
    context.print(`${lines.join("\n")}\n`);
  },
});
