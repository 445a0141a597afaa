/** The nearest right name to a wrong one, for error messages. */

/** Edit distance with transpositions of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const choices = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change];
      if (swap) choices.push((before[j - 2] ?? 0) + 1);
      row.push(Math.min(...choices));
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The name at most a third of its letters (and at least one) away, or one that begins so; else undefined. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  if (best !== undefined && least <= Math.max(1, Math.floor(best.length / 3))) return best;
  return name.length >= 2 ? names.find((candidate) => candidate.startsWith(name)) : undefined;
}

/** ` Did you mean X?`, or nothing when no name is near. */
export function didYouMean(name: string, names: readonly string[], prefix = ""): string {
  const near = nearest(name, names);
  return near === undefined ? "" : ` Did you mean ${prefix}${near}?`;
}
