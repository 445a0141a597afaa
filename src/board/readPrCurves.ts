/** A run's PR curves that stand alone as a board shows them. */
import type { PrCurvePoint } from "../track/runMedia.js";
import type { BoardPrCurves } from "./boardMedia.js";
import { spread } from "./downsample.js";
import { mostSteps } from "./steppedCards.js";

/** What was read once is kept while the run is. */
const made = new WeakMap<PrCurvePoint, BoardPrCurves["shown"][number]>();

/** @throws Error where a file was cut since the run was read. */
export function prCurvesOf(points: readonly PrCurvePoint[]): BoardPrCurves {
  return { shown: spread(points, mostSteps).toReversed().map(read), count: points.length };
}

function read(point: PrCurvePoint): BoardPrCurves["shown"][number] {
  const known = made.get(point) ?? { step: point.step, ...point.curve.read() };
  made.set(point, known);
  return known;
}
