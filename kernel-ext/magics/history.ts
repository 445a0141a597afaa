import { defineMagic } from "./registry.js";

export const history = defineMagic({
  name: "history",
  kind: "line",
  summary: "Prints the cells of this session before this one, in the order they ran.",
  examples: ["%history", "%history -n 5", "%history fit"],
  options: {
    number: { type: "integer", short: "n", min: 1, summary: "Only the last N cells", placeholder: "N" },
  },
  positionals: [{ name: "text", summary: "Only cells that contain this", verbatim: true }],
  async run(context, { options, positionals: [text = ""] }) {
    const all = await context.request("history", {});
    const found = all.filter(
      ({ number, source }) => number !== context.cell && source.toLowerCase().includes(text.toLowerCase()),
    );
    const shown = found.slice(options.number === undefined ? 0 : -options.number);
    const width = Math.max(1, ...shown.map(({ number }) => String(number).length));
    for (const { number, source } of shown) {
      const margin = " ".repeat(width);
      const lines = source.trimEnd().split("\n");
      context.print(
        lines
          .map((line, index) => `${index === 0 ? String(number).padStart(width) : margin} │ ${line}\n`)
          .join(""),
      );
    }
  },
});
