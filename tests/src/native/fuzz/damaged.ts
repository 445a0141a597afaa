/** Damages a file's bytes: as a broken disk, a broken download, or somebody who knows the format would. */
import type { Draw } from "./draw.js";

/** A copy with one to three places changed. */
export function damaged(draw: Draw, bytes: Uint8Array): Uint8Array {
  let changed = bytes;
  for (let i = draw.pick([1, 1, 2, 3]); i > 0; i--) changed = damagedOnce(draw, changed);
  return changed;
}

function damagedOnce(draw: Draw, bytes: Uint8Array): Uint8Array {
  const end = Math.max(0, bytes.length - 1);
  const at = draw.int(0, end);
  const length = draw.int(1, draw.pick([1, 4, 64]));
  const put = (part: Uint8Array, from: number, to: number) =>
    Uint8Array.from([...bytes.subarray(0, from), ...part, ...bytes.subarray(to)]);
  const noise = (count: number) => Uint8Array.from({ length: count }, () => draw.int(0, 255));
  const over = (part: Uint8Array) => put(part, at, Math.min(at + part.length, bytes.length));
  return draw.pick<() => Uint8Array>([
    () => over(Uint8Array.of((bytes[at] ?? 0) ^ (1 << draw.int(0, 7)))),
    () => over(Uint8Array.of((bytes[at] ?? 0) ^ (1 << draw.int(0, 7)))),
    () => over(Uint8Array.of(draw.pick([0, 1, 2, 3, 7, 127, 128, 255]))),
    () => over(noise(length)),
    () => over(new Uint8Array(length).fill(draw.pick([0, 255]))),
    () => put(noise(length), at, at),
    () => put(new Uint8Array(), at, at + length),
    () => put(bytes.slice(at, at + length), at, at),
    () => bytes.slice(0, at),
  ])();
}
