/** How often a curve goes up and down by more than chance. */
import { epochsOfRise, hasAccuracy, lossAtStart, trainSize, validationSize } from "./curves.js";
import type { RunView } from "./runView.js";
import { median } from "./statistics.js";

/** AUTOTRAINER (ICSE 2021): swings of the accuracy. */
export const leastSwing = 0.03;
/** Standard errors of an accuracy that a swing must have, too. */
export const leastErrors = 3;
/** Where there is no accuracy: change of the loss, and its share of the loss before training. */
export const leastFactor = 1.5;
export const leastOfStart = 0.05;

export interface Swings {
  readonly metric: string;
  /** Of all changes from epoch to epoch, those that are swings. */
  readonly share: number;
  readonly count: number;
  /** What a change must have to be one. */
  readonly threshold: number;
  readonly largest: number;
  /** The first one's. */
  readonly epoch: number;
}

/** Of the accuracy where there is one and its rows are known, else of the training loss. Undefined without either. */
export function swingsOf(run: RunView): Swings | undefined {
  for (const [metric, size] of [
    ["valAccuracy", validationSize(run)],
    ["accuracy", trainSize(run)],
  ] as const) {
    const values = run.epochs(metric);
    if (values.length === 0 || size === undefined || !values.every(Number.isFinite)) continue;
    const share = median(values.slice(values.length >> 1));
    const error = Math.sqrt((share * (1 - share)) / size);
    return count(run, { metric, values, threshold: Math.max(leastSwing, leastErrors * error) });
  }
  const [losses, start] = [run.epochs("loss"), lossAtStart(run)];
  if (hasAccuracy(run) || losses.length === 0 || start === undefined) return undefined;
  if (!(start > 0) || !losses.every((loss) => loss > 0 && Number.isFinite(loss))) return undefined;
  return count(run, { metric: "loss", values: losses, threshold: leastOfStart * start, factor: leastFactor });
}

interface Curve {
  readonly metric: string;
  readonly values: readonly number[];
  readonly threshold: number;
  readonly factor?: number;
}

/** A swing is a change beyond the threshold against the direction of the last such; a rise of the rate excuses it. */
function count(run: RunView, { metric, values, threshold, factor = 1 }: Curve): Swings {
  const excused = epochsOfRise(run);
  let [direction, swings, largest, first] = [0, 0, 0, 0];
  for (let i = 1; i < values.length; i++) {
    const [before, now] = [values[i - 1] as number, values[i] as number];
    const change = now - before;
    if (Math.abs(change) < threshold || Math.max(now / before, before / now) < factor) continue;
    if (excused.has(i + 1)) {
      direction = 0;
      continue;
    }
    const isTurn = direction !== 0 && Math.sign(change) !== direction;
    direction = Math.sign(change);
    if (!isTurn) continue;
    if (swings === 0) first = i + 1;
    swings++;
    largest = Math.max(largest, Math.abs(change));
  }
  return {
    metric,
    share: swings / Math.max(1, values.length - 1),
    count: swings,
    threshold,
    largest,
    epoch: first,
  };
}
