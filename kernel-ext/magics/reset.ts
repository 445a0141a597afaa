import { defineMagic } from "./registry.js";

export const reset = defineMagic({
  name: "reset",
  kind: "line",
  summary: "Forgets every name: a new session follows after this cell.",
  details: "Runs, files and what was printed stay.",
  async run(context) {
    await context.request("reset", {});
    context.print("every name is forgotten once this cell has ended\n");
  },
});
