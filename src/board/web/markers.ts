/**
 * Marks on lines, for who cannot tell all colours apart: the first four runs have none, each further four a shape of
 * theirs, since the colours of four differ for everybody (`palette.ts`).
 */
import type { Line } from "./lines.js";
import type { Scale } from "./scale.js";

/** SVG paths in a square from -1 to 1: disc, square, triangle, diamond, cross, plus, hourglass. */
export const markers = [
  "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z",
  "M-.9-.9H.9V.9H-.9Z",
  "M0-1.1L1.1 .9H-1.1Z",
  "M0-1.3L1.3 0L0 1.3L-1.3 0Z",
  "M-1-.5L-.5-1L0-.5L.5-1L1-.5L.5 0L1 .5L.5 1L0 .5L-.5 1L-1 .5L-.5 0Z",
  "M-.4-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z",
  "M-1.1-1.1H1.1L-1.1 1.1H1.1Z",
] as const;

const four = 4;
/** Half a marker's width in pixels. */
export const markerSize = 3.4;
/** Pixels between two markers of a line. */
const spacing = 56;

/** Empty for none. They come again after 32 runs. */
export function markerOf(index: number): string {
  return ["", ...markers][Math.floor(index / four) % (markers.length + 1)] as string;
}

/** Where a line's markers stand, in pixels from the plot's left and top; other lines' stand elsewhere. */
export function markerPlaces(
  { x: positions, smoothed }: Pick<Line, "x" | "smoothed">,
  { x, y }: { readonly x: Scale; readonly y: Scale },
  { width, height, turn }: { readonly width: number; readonly height: number; readonly turn: number },
): [number, number][] {
  const places: [number, number][] = [];
  // The golden ratio's part of a turn: lines that follow each other are spread evenly.
  let next = ((turn * 0.618) % 1) * spacing;
  for (let i = 0; i < smoothed.length; i++) {
    const left = x.place(positions[i] as number) * width;
    const top = (1 - y.place(smoothed[i] as number)) * height;
    if (!(left >= next && left <= width && top >= 0 && top <= height)) continue;
    places.push([left, top]);
    next = left + spacing;
  }
  return places;
}
