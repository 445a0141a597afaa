import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange, wholeNumber } from "../bounds.js";
import { settings } from "../settings.js";
import { type MomentumRange, momentumRange } from "./momentumRange.js";
import { absoluteRates, type Rates, relativeRates } from "./rates.js";
import { elapsed, type Length, lengthNames, type Schedule, span } from "./schedule.js";

/** Between which rates it goes: as factors of the optimiser's rate, or absolute. */
type Ends =
  | {
      /** At least 0; default 0.25. */
      readonly minFactor?: number;
      /** At least 0; default 1. */
      readonly maxFactor?: number;
      readonly baseLr?: never;
      readonly maxLr?: never;
    }
  | {
      readonly baseLr: number;
      readonly maxLr: number;
      readonly minFactor?: never;
      readonly maxFactor?: never;
    };

/** The length is that of the rise. */
export type CyclicOptions = Length &
  Ends & {
    /** Length of the fall, in the same unit. Default: that of the rise. */
    readonly down?: number;
    /** Cycles of one height (default), each half as high as the one before, or with heights of gamma^t. */
    readonly mode?: "triangular" | "triangular2" | "exp_range";
    /** Of exp_range, in (0, 1], for each unit of time; default 1. */
    readonly gamma?: number;
    /** Lets the momentum go the other way. Default: it stays. */
    readonly momentum?: MomentumRange;
  };

const known = {
  ...lengthNames,
  minFactor: true,
  maxFactor: true,
  baseLr: true,
  maxLr: true,
  down: true,
  mode: true,
  gamma: true,
  momentum: true,
} as const;

/**
 * Up and down in straight lines, again and again (Smith 2017, section 3), as `torch.optim.lr_scheduler.CyclicLR`.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example schedules.cyclic({ steps: 2000, baseLr: 1e-4, maxLr: 1e-2, mode: "triangular2" })
 */
export function cyclic(options: CyclicOptions): Schedule {
  const what = "schedules.cyclic";
  refuseUnknown(what, options, known, {
    stepSizeUp: "which is steps here",
    stepSizeDown: "which is down here",
  });
  const up = span(what, options);
  const down = wholeNumber(`${what}'s down`, options.down ?? up.length);
  const rates = ratesOf(what, options);
  const height = heightOf(what, options);
  const momentum = options.momentum && momentumRange(what, options.momentum);
  const whole = up.length + down;
  /** How high it stands, in [0, 1], and how high its cycle is. */
  const place = (time: number) => {
    const cycle = Math.floor(time / whole);
    const within = time - cycle * whole;
    const share = within <= up.length ? within / up.length : (whole - within) / down;
    return share * height(time, cycle);
  };
  return {
    name: `${options.mode ?? "triangular"} ${rates.text}, ${up.text} up and ${down} down`,
    settings: settings(options),
    factor(at) {
      const { low, high } = rates.at(at);
      return low + (high - low) * place(elapsed(at, up));
    },
    ...(momentum && {
      momentum: (at) => momentum.most - (momentum.most - momentum.least) * place(elapsed(at, up)),
    }),
  };
}

function ratesOf(what: string, { baseLr, maxLr, minFactor, maxFactor }: CyclicOptions): Rates {
  const isAbsolute = baseLr !== undefined || maxLr !== undefined;
  if (isAbsolute && (minFactor !== undefined || maxFactor !== undefined))
    throw new TypeError(
      `${what} needs either baseLr and maxLr or minFactor and maxFactor, but was given some of both`,
    );
  if (isAbsolute) return absoluteRates(what, { baseLr: baseLr as number, maxLr: maxLr as number });
  return relativeRates(what, { minFactor: minFactor ?? 0.25, maxFactor: maxFactor ?? 1 });
}

function heightOf(
  what: string,
  { mode = "triangular", gamma }: CyclicOptions,
): (time: number, cycle: number) => number {
  if (gamma !== undefined && mode !== "exp_range")
    throw new TypeError(`${what}'s gamma needs mode "exp_range", but the mode is ${JSON.stringify(mode)}`);
  const base = inRange(`${what}'s gamma`, gamma ?? 1, { least: 0, most: 1 });
  if (mode === "triangular") return () => 1;
  if (mode === "triangular2") return (_time, cycle) => 0.5 ** cycle;
  if (mode === "exp_range") return (time) => base ** time;
  throw new RangeError(
    `${what} needs the mode to be triangular, triangular2 or exp_range, but was given ${JSON.stringify(mode)}`,
  );
}
