/**
 * The one typeface of still pictures: DejaVu Sans Condensed, from its npm package, so that they are the same on a
 * machine without fonts. Condensed, because a board's labels are many and its charts small.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TrueType } from "./trueType.js";

/** How SVG names it: ours first (embedded in the drawing), then wide-spread fonts of nearly the same widths. */
export const fontFamily = "tunelab,DejaVu Sans Condensed,DejaVu Sans,Verdana,sans-serif";

const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");

export const fontFiles = {
  normal: join(folder, "DejaVuSansCondensed.ttf"),
  bold: join(folder, "DejaVuSansCondensed-Bold.ttf"),
} as const;
export type FontWeight = keyof typeof fontFiles;

const loaded = new Map<FontWeight, TrueType>();

export function font(weight: FontWeight): TrueType {
  let found = loaded.get(weight);
  if (!found) {
    found = new TrueType(readFileSync(fontFiles[weight]));
    loaded.set(weight, found);
  }
  return found;
}

/** `bold`, `600` and heavier count as bold. */
export function weightOf(fontWeight: unknown): FontWeight {
  return fontWeight === "bold" || Number(fontWeight) >= 600 ? "bold" : "normal";
}
