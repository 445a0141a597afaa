/** Curves as they are drawn and recorded: as many points as can be told apart, of many classes the worst. */
import type { CurveContent } from "../base/evaluationContent.js";
import type { ClassCurve, ClassCurves } from "./classCurves.js";

/** More lines nobody can tell apart. */
const mostClasses = 10;
/** Least distance of two neighbours along either axis. */
const resolution = 0.01;

/** In the order of the classes, that of all together first. */
export function curveContents({ perClass, micro }: ClassCurves): CurveContent[] {
  const precisionOf = ({ precisionRecall }: ClassCurve) => precisionRecall.averagePrecision;
  const known = perClass.filter((curve) => !Number.isNaN(precisionOf(curve)));
  const worst = new Set(known.toSorted((a, b) => precisionOf(a) - precisionOf(b)).slice(0, mostClasses));
  return [
    ...(micro ? [contentOf(micro, true)] : []),
    ...known.filter((curve) => worst.has(curve)).map((curve) => contentOf(curve, false)),
  ];
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
export function thinned(x: Float64Array, y: Float64Array): [number, number][] {
  const points: [number, number][] = [];
  let last: readonly [number, number] = [Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < x.length; i++) {
    const point = [x[i] as number, y[i] as number] as const;
    const far = Math.max(Math.abs(point[0] - last[0]), Math.abs(point[1] - last[1])) >= resolution;
    if (!far && i < x.length - 1) continue;
    points.push([rounded(point[0]), rounded(point[1])]);
    last = point;
  }
  return points;
}

function rounded(share: number): number {
  return Number(share.toPrecision(5));
}
