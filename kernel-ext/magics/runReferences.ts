import type { MagicContext } from "../session/magicContext.js";

/**
 * What the words of `%doctor RUN…` or `%board RUN…` mean: a name of the notebook whose value has a run's folder
 * (what `fit`, `track` or `sweep` returned) stands for that; any other word for a run's name, id, folder or pattern.
 */
export async function runReferences(
  context: Pick<MagicContext, "names" | "value">,
  words: readonly string[],
): Promise<string[]> {
  const declared = new Set(await context.names());
  return Promise.all(
    words.map(async (word) => (declared.has(word) ? (folderOf(await context.value(word)) ?? word) : word)),
  );
}

function folderOf(value: unknown): string | undefined {
  const dir = typeof value === "object" && value !== null && "dir" in value ? value.dir : undefined;
  return typeof dir === "string" ? dir : undefined;
}
