/** Names of metrics, and which way is better. */

export type Direction = "max" | "min";

const directions: Readonly<Record<string, Direction>> = {
  loss: "min",
  accuracy: "max",
  meanAbsoluteError: "min",
};

/** `valAccuracy` of `accuracy`. */
export function validationName(metric: string): string {
  return `val${metric.charAt(0).toUpperCase()}${metric.slice(1)}`;
}

/** Those of one output of several: `kindAccuracy`. */
const ofOutput = /(Loss|Accuracy|MeanAbsoluteError)$/;

/** Which way a metric is better; undefined for one this library does not know. */
export function knownDirection(metric: string): Direction | undefined {
  const plain = /^val[A-Z]/.test(metric) ? uncapitalised(metric.slice(3)) : metric;
  if (Object.hasOwn(directions, plain)) return directions[plain];
  const end = ofOutput.exec(plain)?.[1];
  return end === undefined ? undefined : directions[uncapitalised(end)];
}

function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** @throws RangeError if neither the option nor the metric's name says which way is better. */
export function directionOf(metric: string, asked: Direction | undefined): Direction {
  const direction = asked ?? knownDirection(metric);
  if (direction !== "max" && direction !== "min")
    throw new RangeError(
      asked === undefined
        ? `The best "${metric}" needs { direction: "max" } or { direction: "min" } (on a line --maximize or --minimize): which way it is better is not known`
        : `A direction needs to be "max" or "min"; it was given "${asked}"`,
    );
  return direction;
}

/** Whether `value` is better than `than`. Any number is better than NaN. */
export function isBetter(value: number, than: number, direction: Direction): boolean {
  if (Number.isNaN(value)) return false;
  if (Number.isNaN(than)) return true;
  return direction === "max" ? value > than : value < than;
}

/** The best of a series; NaN if it holds no number. */
export function bestOf(values: readonly number[], direction: Direction): number {
  return values.reduce((best, value) => (isBetter(value, best, direction) ? value : best), Number.NaN);
}
