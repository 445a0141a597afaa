/** One MIME bundle for a board: what JupyterLab, VS Code, GitHub, nbconvert and a terminal each can show. */
import type { MimeBundle } from "../base/host.js";
import type { BoardData } from "./content.js";
import type { BoardSettings } from "./options.js";
import { renderPng } from "./render/png.js";
import { renderSvg } from "./render/svg.js";
import { boardSpec } from "./spec.js";
import { boardText } from "./text.js";

/** Together with the specification and the text below 1 MB. */
const svgBytes = 300_000;
const pngBase64Bytes = 260_000;
const stillCards = 24;

/** The live chart and the text: cheap, for updates while a run goes on. */
export function liveBundle(data: BoardData, settings: BoardSettings): MimeBundle {
  return {
    "application/vnd.vegalite.v5+json": boardSpec(data, settings),
    "text/plain": boardText(data, settings),
  };
}

/** All four kinds. The still pictures hold fewer points and, of large boards, fewer charts than the live one. */
export async function fullBundle(data: BoardData, settings: BoardSettings): Promise<MimeBundle> {
  const { svg, png } = await pictures(data, settings);
  return { ...liveBundle(data, settings), "image/svg+xml": svg, "image/png": png };
}

async function pictures(data: BoardData, settings: BoardSettings): Promise<{ svg: string; png: string }> {
  for (let bytes = 90_000, cards = stillCards; ; bytes *= 0.6, cards = Math.ceil(cards * 0.75)) {
    const spec = boardSpec(data, settings, { interactive: false, limits: { bytes, cards } });
    const svg = await renderSvg(spec);
    if (Buffer.byteLength(svg) > svgBytes && cards > 1) continue;
    for (const scale of [2, 1.5, 1]) {
      const png = Buffer.from(renderPng(svg, scale)).toString("base64");
      if (png.length <= pngBase64Bytes) return { svg, png };
    }
    if (cards <= 1) return { svg, png: Buffer.from(renderPng(svg, 0.5)).toString("base64") };
  }
}
