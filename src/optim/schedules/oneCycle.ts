import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { settings } from "../settings.js";
import { type MomentumRange, momentumRange } from "./momentumRange.js";
import { absoluteRates, type Rates, relativeRates } from "./rates.js";
import {
  elapsed,
  type Length,
  lengthNames,
  type Moment,
  type Schedule,
  type Span,
  span,
} from "./schedule.js";

/** The length is that of the whole training. */
export type OneCycleOptions = Length & {
  /** The highest rate, absolute. Default: the optimiser's own. */
  readonly maxLr?: number;
  /** Share of the time in which it rises, in [0, 1]; default 0.3. */
  readonly rise?: number;
  /** It begins with the highest rate divided by this, at least 1; default 25. */
  readonly divFactor?: number;
  /** It ends with the first rate divided by this, at least 1; default 10,000. */
  readonly finalDivFactor?: number;
  /** The shape between; default `cosine`. */
  readonly anneal?: "cosine" | "linear";
  /** Fall to the first rate as long as it rose, then to the last. Default false. */
  readonly threePhase?: boolean;
  /** Lets the momentum go the other way; PyTorch's are 0.85 and 0.95. Default: it stays. */
  readonly momentum?: MomentumRange;
};

const known = {
  ...lengthNames,
  maxLr: true,
  rise: true,
  divFactor: true,
  finalDivFactor: true,
  anneal: true,
  threePhase: true,
  momentum: true,
} as const;

/** One stretch between two rates; heights are 0 (the first rate), 1 (the highest) or −1 (the last). */
interface Phase {
  /** Its last tick, counted from 0. */
  readonly end: number;
  readonly from: 0 | 1;
  readonly to: 0 | 1 | -1;
}

/**
 * One rise to the highest rate and one fall far below the first (super-convergence: Smith & Topin 2018), as
 * `torch.optim.lr_scheduler.OneCycleLR`. Beyond its end it stays at the last rate.
 *
 * @throws TypeError or RangeError for an option of the wrong kind or out of its range.
 * @example schedules.oneCycle({ epochs: 10, every: "step", maxLr: 0.01, momentum: { least: 0.85, most: 0.95 } })
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const what = "schedules.oneCycle";
  refuseUnknown(what, options, known, {
    pctStart: "which is rise here",
    baseLr: "which divFactor says here",
  });
  const over = span(what, options);
  const rise = inRange(`${what}'s rise`, options.rise ?? 0.3, { least: 0, most: 1 });
  const rates = ratesOf(what, options.maxLr);
  const first = 1 / inRange(`${what}'s divFactor`, options.divFactor ?? 25, { least: 1 });
  const last = first / inRange(`${what}'s finalDivFactor`, options.finalDivFactor ?? 1e4, { least: 1 });
  const between = shapeOf(what, options.anneal ?? "cosine");
  const momentum = options.momentum && momentumRange(what, options.momentum);
  const phases = (ticks: number) => phasesOf(ticks, rise, options.threePhase ?? false);
  const place = (at: Moment) => {
    const { time, ticks } = ticksOf(at, over);
    return within(phases(ticks), time);
  };
  const height = { "0": first, "1": 1, "-1": last };
  return {
    name: `one cycle ${rates.text} over ${over.text}`,
    settings: settings(options),
    factor(at) {
      const { phase, share } = place(at);
      return rates.at(at).high * between(height[phase.from], height[phase.to], share);
    },
    ...(momentum && {
      momentum: (at) => {
        const { phase, share } = place(at);
        const of = (end: 0 | 1 | -1) => (end === 1 ? momentum.least : momentum.most);
        return between(of(phase.from), of(phase.to), share);
      },
    }),
  };
}

function ratesOf(what: string, maxLr: number | undefined): Rates {
  if (maxLr === undefined)
    return { ...relativeRates(what, { minFactor: 0, maxFactor: 1 }), text: "up to ×1" };
  return { ...absoluteRates(what, { baseLr: 0, maxLr }), text: `up to ${maxLr}` };
}

function shapeOf(
  what: string,
  anneal: "cosine" | "linear",
): (from: number, to: number, share: number) => number {
  if (anneal === "linear") return (from, to, share) => from + (to - from) * share;
  if (anneal === "cosine")
    return (from, to, share) => to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  throw new RangeError(
    `${what} needs anneal to be cosine or linear, but was given ${JSON.stringify(anneal)}`,
  );
}

/** Time in what it changes at: steps, or epochs. */
function ticksOf(at: Moment, over: Span): { time: number; ticks: number } {
  if (over.smooth) return { time: at.step, ticks: over.length * at.stepsPerEpoch };
  return { time: elapsed(at, over), ticks: over.length };
}

function phasesOf(ticks: number, rise: number, threePhase: boolean): readonly Phase[] {
  const top = rise * ticks - 1;
  if (!threePhase)
    return [
      { end: top, from: 0, to: 1 },
      { end: ticks - 1, from: 1, to: -1 },
    ];
  return [
    { end: top, from: 0, to: 1 },
    { end: 2 * rise * ticks - 2, from: 1, to: 0 },
    { end: ticks - 1, from: 0, to: -1 },
  ];
}

function within(phases: readonly Phase[], time: number): { phase: Phase; share: number } {
  let begin = 0;
  for (const [i, phase] of phases.entries()) {
    if (time <= phase.end || i === phases.length - 1) {
      const length = phase.end - begin;
      return { phase, share: length > 0 ? Math.min(1, (time - begin) / length) : 1 };
    }
    begin = phase.end;
  }
  throw new RangeError("one cycle has at least one phase");
}
