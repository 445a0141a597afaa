import { existsSync } from "node:fs";
import { join } from "node:path";
import type { MagicContext } from "../session/magicContext.js";
import { runReferences } from "./runReferences.js";

/**
 * As `runReferences`, for magics that look at runs only: a sweep's folder, or a variable with its result, stands for
 * the runs of its trials (`all`), or for that of its best trial.
 */
export async function runFolders(
  context: Pick<MagicContext, "names" | "value" | "library">,
  words: readonly string[],
  which: "all" | "best",
): Promise<string[]> {
  const references = await runReferences(context, words);
  const { readSweep } = await context.library();
  return references.flatMap((reference) => {
    if (!existsSync(join(reference, "sweep.json"))) return [reference];
    const { name, trials, best } = readSweep(reference);
    const folders = (which === "all" ? trials : best ? [best] : []).flatMap(({ runDir }) => runDir ?? []);
    // Trials that never named their run have it in the group of the sweep's name.
    return folders.length > 0 ? folders : [name];
  });
}
