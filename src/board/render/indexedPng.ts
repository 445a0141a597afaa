/**
 * Writes a picture of few colours as a PNG with a palette: a chart takes a third of the bytes of full colour.
 *
 * Source: PNG Specification (Third Edition), colour type 3. The palette holds 256 frequent and far-apart colours;
 * others become the nearest of them, which touches blended edges and gradients only.
 */
import { deflateSync } from "node:zlib";
import { pngFile, pngHeader } from "../../base/png.js";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, alpha; row by row. Alpha is ignored. */
  readonly rgba: Uint8Array;
}

export function indexedPng({ width, height, rgba }: Pixels): Uint8Array {
  const palette = frequentColours(rgba);
  const indexOf = nearestIn(palette);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0, out = 0, at = 0; y < height; y++) {
    out++;
    for (let x = 0; x < width; x++, at += 4) rows[out++] = indexOf(colourAt(rgba, at));
  }
  const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return pngFile([
    ["IHDR", pngHeader({ width, height }, 3)],
    ["PLTE", Uint8Array.from(colours)],
    ["IDAT", deflateSync(rows, { level: 9 })],
  ]);
}

function colourAt(rgba: Uint8Array, at: number): number {
  return ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number);
}

/** Half of them the most frequent ones, half those that are frequent and far from any other: rare hues stay. */
function frequentColours(rgba: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = colourAt(rgba, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (sorted.length <= 256) return sorted.map(([colour]) => colour);
  const palette = sorted.slice(0, 128).map(([colour]) => colour);
  const rest = sorted.slice(128, 128 + 6000);
  const far = rest.map(([colour]) => Math.min(...palette.map((taken) => distance(colour, taken))));
  while (palette.length < 256) {
    let next = 0;
    let most = -1;
    rest.forEach(([, count], i) => {
      const weight = (far[i] as number) * Math.sqrt(count);
      if (weight > most) [most, next] = [weight, i];
    });
    const added = rest[next]?.[0] as number;
    palette.push(added);
    rest.forEach(([colour], i) => {
      far[i] = Math.min(far[i] as number, distance(colour, added));
    });
  }
  return palette;
}

function nearestIn(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    let index = known.get(colour);
    if (index === undefined) {
      let least = Number.POSITIVE_INFINITY;
      index = 0;
      for (let i = 0; i < palette.length; i++) {
        const far = distance(colour, palette[i] as number);
        if (far < least) [least, index] = [far, i];
      }
      known.set(colour, index);
    }
    return index;
  };
}

function distance(a: number, b: number): number {
  const [red, green, blue] = [
    (a >> 16) - (b >> 16),
    ((a >> 8) & 255) - ((b >> 8) & 255),
    (a & 255) - (b & 255),
  ];
  return red * red + green * green + blue * blue;
}
