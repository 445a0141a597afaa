import type { MagicContext } from "../session/magicContext.js";
import { defineMagic } from "./registry.js";

export const reset = defineMagic({
  name: "reset",
  kind: "line",
  summary: "Forgets every name: a new session follows after this cell.",
  details:
    "Runs, files, what %env set and what was printed stay. Without --force it asks first where somebody can be asked.",
  examples: ["%reset", "%reset -f"],
  options: { force: { type: "flag", short: "f", summary: "Do not ask" } },
  async run(context, { options }) {
    if (!options.force && !(await agreed(context))) {
      context.print("nothing is forgotten\n");
      return;
    }
    await context.request("reset", {});
    context.print("every name is forgotten once this cell has ended\n");
  },
});

/** Without anybody to ask, the line itself is the word: a notebook that runs from top to bottom must not stop here. */
async function agreed(context: MagicContext): Promise<boolean> {
  const names = await context.names();
  if (names.length === 0) return true;
  let answer: string;
  try {
    answer = await context.input(`Forget ${names.length} names and start anew? [y/N] `);
  } catch {
    context.signal.throwIfAborted();
    return true;
  }
  return /^\s*y(es)?\s*$/i.test(answer);
}
