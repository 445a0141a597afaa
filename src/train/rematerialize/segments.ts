/** Which of a model's cuts part the segments that are computed again, so that little is held at a time. */
import type { Cut, Cuts } from "./cuts.js";

/**
 * At most so many segments, the greatest of which is as small as can be.
 *
 * @param segments at least 1
 */
export function evenCuts(all: Cuts, segments: number): Cut[] {
  return evenly(worthwhile(all), segments);
}

/** As many segments as hold the least: the tensors at the cuts, and at a time those of one segment. */
export function leastCuts(all: Cuts): Cut[] {
  const given = worthwhile(all);
  const choices = Array.from({ length: given.cuts.length + 1 }, (_, i) => evenly(given, i + 1));
  return choices.reduce((best, choice) => (heldWith(given, choice) < heldWith(given, best) ? choice : best));
}

/** √n segments of n that there could be (Chen et al. 2016). */
export function rootCuts(all: Cuts): Cut[] {
  const given = worthwhile(all);
  return evenly(given, Math.max(2, Math.round(Math.sqrt(given.cuts.length + 1))));
}

function evenly({ cuts, rest }: Cuts, segments: number): Cut[] {
  const pieces = [...cuts.map(({ piece }) => piece), rest];
  let [tooSmall, enough] = [Math.max(...pieces) - 1, pieces.reduce((sum, piece) => sum + piece, 0)];
  // Whole numbers: halving ends after some dozens of rounds.
  while (enough - tooSmall > 1) {
    const middle = Math.floor((tooSmall + enough) / 2);
    if (cutsWithin({ cuts, rest }, middle).length < segments) enough = middle;
    else tooSmall = middle;
  }
  return cutsWithin({ cuts, rest }, enough);
}

/** Values a sample. */
function heldWith({ cuts, rest }: Cuts, chosen: readonly Cut[]): number {
  const ends = new Set(chosen);
  let [greatest, segment] = [0, 0];
  for (const cut of cuts) {
    segment += cut.piece;
    if (!ends.has(cut)) continue;
    greatest = Math.max(greatest, segment);
    segment = 0;
  }
  return chosen.reduce((sum, { own }) => sum + own, Math.max(greatest, segment + rest));
}

/** Each segment takes as many pieces as its bound allows. */
function cutsWithin({ cuts, rest }: Cuts, most: number): Cut[] {
  const chosen: Cut[] = [];
  let segment = 0;
  cuts.forEach(({ piece }, i) => {
    segment += piece;
    const next = cuts[i + 1]?.piece ?? rest;
    if (segment + next <= most) return;
    chosen.push(cuts[i] as Cut);
    segment = 0;
  });
  return chosen;
}

/** Without cuts at what no gradient needs, unless there are no others: it would be computed for the cut alone. */
function worthwhile({ cuts, rest }: Cuts): Cuts {
  const kept: Cut[] = [];
  let piece = 0;
  for (const cut of cuts) {
    piece += cut.piece;
    if (!cut.isKept) continue;
    kept.push({ ...cut, piece });
    piece = 0;
  }
  return kept.length > 0 ? { cuts: kept, rest: rest + piece } : { cuts, rest };
}
