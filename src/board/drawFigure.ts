/** Draws a chart that a person records with a run, in the thread that draws. */
import type { MimeBundle } from "../base/host.js";
import type { FigureSpec } from "../track/runMedia.js";
import { draw } from "./render/drawing.js";
import { wrongMark } from "./wrongMark.js";

/**
 * A PNG file. Rejects with what the thread says of a chart that it cannot draw, or with the mark that there is none of, of
 * which Vega says only that something is undefined.
 */
export async function drawFigure(spec: FigureSpec): Promise<Uint8Array> {
  try {
    const bundle = (await draw({ what: "chart", spec: { ...spec }, text: "" })) as MimeBundle;
    return Buffer.from(bundle["image/png"] as string, "base64");
  } catch (cause) {
    const mistake = wrongMark(spec, "vega-lite");
    throw mistake === undefined ? cause : new Error(mistake, { cause });
  }
}
