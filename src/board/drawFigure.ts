/** Draws a chart that a person records with a run, in the thread that draws. */
import type { MimeBundle } from "../base/host.js";
import type { FigureSpec } from "../track/runMedia.js";
import { draw } from "./render/drawing.js";

/** A PNG file. Rejects with what the thread says of a chart that it cannot draw. */
export async function drawFigure(spec: FigureSpec): Promise<Uint8Array> {
  const bundle = (await draw({ what: "chart", spec: { ...spec }, text: "" })) as MimeBundle;
  return Buffer.from(bundle["image/png"] as string, "base64");
}
