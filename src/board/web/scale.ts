/** From values to places on a chart, and where an axis has its ticks. */

export interface Tick {
  /** 0 at the axis's beginning to 1 at its end. */
  readonly at: number;
  readonly label: string;
}

export interface Scale {
  /** 0 to 1 within the domain, beyond it outside; NaN for what has no place. */
  place(value: number): number;
  /** The value at a place: the inverse of `place`. */
  value(place: number): number;
  readonly ticks: readonly Tick[];
}

interface Shape {
  readonly forward: (value: number) => number;
  readonly back: (value: number) => number;
}

const straight: Shape = { forward: (value) => value, back: (value) => value };

/** Scaled down, so that the width of the widest domain is a number. */
export function linearScale([low, high]: readonly [number, number], count: number): Scale {
  const ticks = linearTicks(low, high, count);
  return scaleOf(straight, [low, high], ticks, linearLabels(ticks));
}

/** @param low above 0. */
export function logScale([low, high]: readonly [number, number], ticks: readonly number[]): Scale {
  const shape = { forward: Math.log10, back: (value: number) => 10 ** value };
  return scaleOf(shape, [low, high], ticks, powerLabel);
}

/** Linear within `constant` of zero, logarithmic beyond. */
export function symmetricLogScale(
  domain: readonly [number, number],
  constant: number,
  ticks: readonly number[],
): Scale {
  const shape = {
    forward: (value: number) => Math.sign(value) * Math.log1p(Math.abs(value / constant)),
    back: (value: number) => Math.sign(value) * Math.expm1(Math.abs(value)) * constant,
  };
  return scaleOf(shape, domain, ticks, powerLabel);
}

function scaleOf(
  { forward, back }: Shape,
  domain: readonly [number, number],
  values: readonly number[],
  label: (value: number) => string,
): Scale {
  const [low, high] = domain.map(forward) as [number, number];
  // Halves: the difference of the two greatest numbers is none.
  const width = high / 2 - low / 2;
  const place = (value: number) => (forward(value) / 2 - low / 2) / width;
  return {
    place,
    value: (at) => back(2 * (low / 2 + at * width)),
    ticks: values
      .map((value) => ({ at: place(value), label: label(value) }))
      .filter(({ at }) => at >= -1e-9 && at <= 1 + 1e-9),
  };
}

/** Multiples of 1, 2 or 5 times a power of ten, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high / count - low / count;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span));
  const step = power * ([1, 2, 5, 10].find((multiple) => multiple * power >= span * 0.999) as number);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Of a number from 0.001 on those that its twelve digits reach. */
const mostDecimals = 14;

/** As many digits as tell neighbours apart: `0.10`, `0.15`; `5e-4`; `1.5e300`. */
function linearLabels(ticks: readonly number[]): (value: number) => string {
  const largest = Math.max(...ticks.map(Math.abs));
  const step = ticks.length > 1 ? Math.abs((ticks[1] as number) - (ticks[0] as number)) : largest || 1;
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) {
    const digits = Math.max(0, Math.min(6, Math.ceil(Math.log10(largest / step))));
    return (value) =>
      value === 0
        ? "0"
        : value
            .toExponential(digits)
            .replace(/\.?0+e/, "e")
            .replace("e+", "e");
  }
  const decimals = Math.max(0, Math.min(mostDecimals, -Math.floor(Math.log10(step) + 1e-9)));
  return (value) => value.toFixed(decimals);
}

/** Powers as `1e-3`; numbers near one plainly. */
function powerLabel(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.01 && size < 1e4)) return String(Number(value.toPrecision(3)));
  return value.toExponential().replace("e+", "e");
}

/** Steps: `0`, `500`, `1.5k`, `20M`. */
export function stepLabel(value: number): string {
  const units = [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  const unit = units.find(([size]) => Math.abs(value) >= size);
  return unit
    ? `${Number((value / unit[0]).toPrecision(6))}${unit[1]}`
    : String(Number(value.toPrecision(6)));
}
