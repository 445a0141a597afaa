/**
 * Notebooks written for tslab run as they are: tslab checks TypeScript without `strict`, and its JavaScript notebooks
 * are not TypeScript at all. What tells them apart is how they get tslab's own module.
 */

/** `typescript`: not strict; `javascript`: types are not checked. */
export type Dialect = "strict" | "typescript" | "javascript";

/** What a cell says of its notebook; undefined when it says nothing. */
export function dialectOf(source: string): Exclude<Dialect, "strict"> | undefined {
  if (!source.includes("tslab")) return undefined;
  if (/\bfrom\s*["']tslab["']|\bimport\s*\(?\s*["']tslab["']/.test(source)) return "typescript";
  return /\brequire\(\s*["']tslab["']\s*\)/.test(source) ? "javascript" : undefined;
}

export const dialectRemarks = {
  typescript: "this notebook imports tslab: its types are checked as tslab does, without `strict`",
  javascript: "this notebook requires tslab, as those in JavaScript do: its types are not checked",
} as const;
