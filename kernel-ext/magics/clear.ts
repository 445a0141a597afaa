import { defineMagic } from "./registry.js";

export const clear = defineMagic({
  name: "clear",
  kind: "line",
  summary: "Clears what this cell has put out so far.",
  options: { wait: { type: "flag", summary: "Only when the next output comes: no flicker" } },
  run(context, { options }) {
    context.clearOutput(options.wait);
  },
});
