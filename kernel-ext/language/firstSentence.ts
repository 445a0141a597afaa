/** The first sentence of documentation, on one line. */
export function firstSentence(documentation: string): string {
  return (sentence.exec(documentation.trim())?.[0] ?? "").replace(/\s+/g, " ").trim();
}

/** A dot before a new beginning ends it; not that of `e.g.` or `et al.`, and a paragraph ends it anyway. */
const sentence = /^.*?(?:(?<!\b(?:e\.g|i\.e|al|cf|vs))\.(?=\s+[^\p{Ll}\d\s]|\s*$)|(?=\n\s*\n)|$)/su;
