/**
 * The least number of letters inserted, removed, replaced or exchanged with their neighbour that turns one text into the
 * other, no part of it changed twice: the optimal string alignment distance.
 */
export function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const least = Math.min(above[j]! + 1, row[j - 1]! + 1, replaced);
      const exchanged = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = exchanged ? Math.min(least, before[j - 2]! + 1) : least;
    }
    before = above;
  }
  return row[to.length]!;
}
