/** Curves as they are drawn and recorded: as many points as can be told apart, of many classes the worst. */
import type { CurveContent } from "../base/evaluationContent.js";
import {
  type Areas,
  type ClassCurve,
  eachClassCurve,
  type Judged,
  meanAreas,
  microAverage,
} from "./classCurves.js";

/** More lines nobody can tell apart. */
const mostClasses = 10;
/** Least distance of two neighbours along either axis. */
const resolution = 0.01;

/** The mean areas are those of all classes. */
export interface DrawnCurves extends Areas {
  /** In the order of the classes, that of all together first. */
  readonly curves: readonly CurveContent[];
}

/** Probabilities are finite. Holds one class's curve at a time: of all they take twelve times the probabilities' memory. */
export function curveContents(judged: Judged): DrawnCurves {
  const micro = microAverage(judged);
  const first = micro ? [contentOf(micro, true)] : [];
  const perClass = Array.from(eachClassCurve(judged), (curve) => contentOf(curve, false));
  const known = perClass.filter(({ averagePrecision }) => !Number.isNaN(averagePrecision));
  const worst = new Set(
    known.toSorted((a, b) => a.averagePrecision - b.averagePrecision).slice(0, mostClasses),
  );
  return {
    curves: [...first, ...known.filter((curve) => worst.has(curve))],
    ...meanAreas(perClass),
  };
}

function contentOf({ name, precisionRecall, roc }: ClassCurve, isMicro: boolean): CurveContent {
  const { recall, precision, averagePrecision } = precisionRecall;
  return {
    name,
    isMicro,
    averagePrecision,
    rocAuc: roc.area,
    // From no recall on, as a person reads it.
    precisionRecall: thinned(recall.toReversed(), precision.toReversed()),
    roc: Number.isNaN(roc.area) ? [] : thinned(roc.falsePositiveRate, roc.truePositiveRate),
  };
}

/** The first and the last point, and each that is far enough from the one kept before. */
function thinned(x: Float64Array, y: Float64Array): [number, number][] {
  const points: [number, number][] = [];
  let [lastX, lastY] = [Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < x.length; i++) {
    const [here, there] = [x[i] as number, y[i] as number];
    const far = Math.abs(here - lastX) >= resolution || Math.abs(there - lastY) >= resolution;
    if (!far && i < x.length - 1) continue;
    points.push([rounded(here), rounded(there)]);
    [lastX, lastY] = [here, there];
  }
  return points;
}

function rounded(share: number): number {
  return Number(share.toPrecision(5));
}
