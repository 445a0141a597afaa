/** One MIME bundle for a board: what JupyterLab, VS Code, GitHub, nbconvert and a terminal each can show. */
import type { MimeBundle } from "../base/host.js";
import { boardHtml } from "./boardHtml.js";
import type { BoardData } from "./content.js";
import type { Spec } from "./inlineData.js";
import { inLook, pageLook, readableTooltip, stillLook } from "./look.js";
import type { BoardSettings } from "./options.js";
import { renderPng } from "./render/png.js";
import { renderSvg } from "./render/svg.js";
import { boardSpec } from "./spec.js";
import { boardText } from "./text.js";

/** Together with the specification and the text below 1 MB. */
const svgBytes = 360_000;
const pngBase64Bytes = 240_000;
/** To begin with: an SVG has about two and a half times the bytes of its specification. */
const specBytes = 140_000;
const stillCards = 32;

/** The live chart and the text: cheap, for updates while a run goes on. */
export function liveBundle(data: BoardData, settings: BoardSettings): MimeBundle {
  const html = boardHtml(data, settings);
  return {
    "application/vnd.vegalite.v5+json": boardSpec(data, settings),
    ...(html === undefined ? {} : { "text/html": html }),
    "text/plain": boardText(data, settings),
  };
}

/**
 * For a moment, until the next one: fewer points, and neither tooltips nor a list of levels, which would be gone with the
 * chart beneath them. A browser draws it in less than half the time.
 */
export function passingBundle(data: BoardData, settings: BoardSettings): MimeBundle {
  const passing = { interactive: false, finest: 3, look: pageLook };
  return {
    "application/vnd.vegalite.v5+json": boardSpec(data, settings, passing),
    "text/plain": boardText(data, settings),
  };
}

let isWarm = false;

/** Milliseconds that Vega takes here for a specification, but for putting it on a screen. */
export async function drawingTime(spec: Spec): Promise<number> {
  // Code that has never run is several times slower.
  if (!isWarm) await renderSvg(spec);
  isWarm = true;
  const start = performance.now();
  await renderSvg(spec);
  return performance.now() - start;
}

/** All four kinds. The still pictures hold fewer points and, of large boards, fewer charts than the live one. */
export async function fullBundle(data: BoardData, settings: BoardSettings): Promise<MimeBundle> {
  const { svg, png } = await pictures(data, settings);
  return { ...liveBundle(data, settings), "image/svg+xml": svg, "image/png": png };
}

/** All four kinds of one chart. */
export async function givenChart(spec: Spec, text: string): Promise<MimeBundle> {
  const svg = await renderSvg(inLook(spec, stillLook));
  return {
    "application/vnd.vegalite.v5+json": inLook({ usermeta: readableTooltip, ...spec }, pageLook),
    "image/svg+xml": svg,
    "image/png": sharpest(svg),
    "text/plain": text,
  };
}

async function pictures(data: BoardData, settings: BoardSettings): Promise<{ svg: string; png: string }> {
  let cards = stillCards;
  for (let bytes = specBytes; ; bytes *= 0.6) {
    const limits = { bytes, cards };
    const svg = await renderSvg(boardSpec(data, settings, { interactive: false, limits, finest: 2 }));
    if (Buffer.byteLength(svg) <= svgBytes || cards <= 1) return { svg, png: sharpest(svg) };
    if (bytes < specBytes) cards = Math.floor(cards * 0.75);
  }
}

/** Pixels that a picture may have: more would take a second to draw. */
const mostPixels = 3_000_000;

/** The PNG in the highest resolution that has at most `bytes` in base64, or else in the lowest. */
export function sharpest(svg: string, bytes = pngBase64Bytes): string {
  const [, width = "1", height = "1"] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const area = Number(width) * Number(height);
  for (const scale of [2, 1.5, 1.25, 1]) {
    if (scale > 1 && area * scale * scale > mostPixels) continue;
    const png = Buffer.from(renderPng(svg, scale)).toString("base64");
    if (png.length <= bytes) return png;
  }
  return Buffer.from(renderPng(svg, 0.6)).toString("base64");
}
