/** Turns our SVG into a PNG, with our fonts and no others. */
import { Resvg } from "@resvg/resvg-js";
import { fontFiles } from "./fonts.js";
import { indexedPng } from "./indexedPng.js";

/** @param scale pixels of the picture a unit of the drawing: 2 for sharp screens. */
export function renderPng(svg: string, scale: number): Uint8Array {
  const picture = new Resvg(svg.replace(/<style>.*?<\/style>/s, ""), {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(fontFiles),
      defaultFontFamily: "DejaVu Sans Condensed",
    },
  });
  const { width, height, pixels } = picture.render();
  return indexedPng({ width, height, rgba: pixels });
}
