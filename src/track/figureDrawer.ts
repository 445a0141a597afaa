/**
 * The seam to whoever draws a figure as a picture: the board does, which the tracker does not know.
 *
 * Invariant: at most one drawer is installed; without one, figures are recorded without pictures.
 */
import type { FigureSpec } from "./runMedia.js";

/** A PNG file. Rejects with an `Error` that says why the chart cannot be drawn. Never on the thread that trains. */
export type DrawFigure = (spec: FigureSpec) => Promise<Uint8Array>;

let drawer: DrawFigure | undefined;

/** Makes `next` the drawer and returns the one before. */
export function installFigureDrawer(next: DrawFigure | undefined): DrawFigure | undefined {
  const before = drawer;
  drawer = next;
  return before;
}

export function figureDrawer(): DrawFigure | undefined {
  return drawer;
}
