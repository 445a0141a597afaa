import { shuffled, uniforms } from "../random.mjs";
import { pick } from "./rows.mjs";

/**
 * Thins classes out: of class k the share `shares[k]` of the most frequent class that has share 1 stays, at least one row.
 * As many rows as there were cannot be kept: what is left is fewer.
 */
export function withShares(rows, shares, { seed, part }) {
  const next = uniforms(seed, `shares ${part}`);
  const counts = shares.map((_, k) => rows.y.reduce((sum, label) => sum + (label === k ? 1 : 0), 0));
  const full = Math.min(...counts.filter((_, k) => shares[k] === 1));
  const left = shares.map((share) => Math.max(1, Math.round(share * full)));
  const kept = shuffled(rows.y.length, next).filter((row) => left[rows.y[row]]-- > 0);
  return pick(rows, kept);
}
