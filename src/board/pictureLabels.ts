/** What stands under a picture that has a label. */
import { visibleControls } from "../base/visibleControls.js";
import type { PictureLabel } from "./boardMedia.js";

/** Told by its form, not by a colour. */
export function signOf({ truth, predicted }: PictureLabel): "✓" | "✗" {
  return truth === predicted ? "✓" : "✗";
}

/** `98 %`; of shares between, one digit more near the ends, so that none is rounded to 0 or 100 that is not. */
export function percentText(share: number): string {
  const percent = 100 * share;
  const digits = percent > 0 && percent < 100 && (percent < 1 || percent > 99) ? 1 : 0;
  return `${percent.toFixed(digits)} %`;
}

/** In lines: `✗ true 4`, `predicted 9`, `98 %`. */
export function labelLines(label: PictureLabel): string[] {
  const { truth, predicted, probability } = label;
  return [
    `${signOf(label)} true ${visibleControls(truth)}`,
    `predicted ${visibleControls(predicted)}`,
    percentText(probability),
  ];
}
