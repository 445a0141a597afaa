/** One chart of others' making, shown as the board shows its own. */
import type { MimeBundle } from "../base/host.js";
import type { Spec } from "./inlineData.js";
import { draw } from "./render/drawing.js";

/**
 * All four kinds, drawn in the board's thread.
 *
 * @param text what a terminal shows
 * @throws what Vega says of a specification it cannot draw.
 */
export async function chartBundle(spec: Spec, text: string): Promise<MimeBundle> {
  return (await draw({ what: "chart", spec, text })) as MimeBundle;
}
