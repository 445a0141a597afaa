/** A style as `board` gives it to panels, for tests of single ones. */
import { notebookSize } from "../../../src/board/section.js";

export const panelStyle = {
  ...notebookSize,
  smoothing: 0,
  x: "step",
  y: "auto",
  points: 10,
  histogramSteps: 10,
  interactive: true,
} as const;
