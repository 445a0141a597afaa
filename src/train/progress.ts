/** Tells how far a training is: one line, with rate and remaining time. */
import { host, type Shown } from "../base/host.js";

/** Least time between two updates, in milliseconds: 4 a second. */
const updateInterval = 250;

export interface ProgressPlan {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** It ends after so many steps, if not before. */
  readonly maxSteps?: number;
  /** Keep a line for each epoch. */
  readonly verbose: boolean;
  /** In milliseconds; for tests. */
  readonly now?: () => number;
}

export interface Progress {
  /** After each step. `step` counts from 1 over all epochs. */
  step(step: number, means: () => Readonly<Record<string, number>>): void;
  /** After each epoch, from 1. */
  epoch(epoch: number, values: Readonly<Record<string, number>>): void;
  /** A line that stays above. */
  note(line: string): void;
  /** Shows the last line. */
  end(sentence: string): void;
}

/** For those who want none. */
export const silent: Progress = { step: () => {}, epoch: () => {}, note: () => {}, end: () => {} };

/** A line shown through the host. */
export function progressLine(plan: ProgressPlan): Progress {
  const now = plan.now ?? (() => performance.now());
  let start: number | undefined;
  /** A training that is gone on with begins later than at 1. */
  let first: number | undefined;
  const lines: string[] = [];
  let shown: Shown | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const show = (line: string, final = false) => {
    last = now();
    const bundle = { "text/plain": [...lines, line].join("\n") };
    if (shown) shown.update(bundle, { final });
    else shown = host().display(bundle);
  };
  return {
    step(step, means) {
      // The first step prepares the others (it is captured); the rate is that of the steps after it.
      start ??= now();
      first ??= step;
      if (now() - last < updateInterval) return;
      show(describe(plan, { step, first, seconds: (now() - start) / 1000, means: means() }));
    },
    epoch(epoch, values) {
      if (plan.verbose) lines.push(`epoch ${epoch}/${plan.epochs} · ${numbers(values)}`);
    },
    note: (line) => lines.push(line),
    end: (sentence) => show(sentence, true),
  };
}

interface Moment {
  readonly step: number;
  readonly first: number;
  readonly seconds: number;
  readonly means: Readonly<Record<string, number>>;
}

const barWidth = 20;

function describe(plan: ProgressPlan, { step, first, seconds, means }: Moment): string {
  const total = Math.min(plan.epochs * plan.stepsPerEpoch, plan.maxSteps ?? Number.POSITIVE_INFINITY);
  const epoch = Math.ceil(step / plan.stepsPerEpoch);
  const within = step - (epoch - 1) * plan.stepsPerEpoch;
  const filled = Math.round((barWidth * step) / total);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  const rate = seconds > 0 ? (step - first) / seconds : 0;
  const speed = rate < 10 ? rate.toFixed(1) : rate.toFixed(0);
  const pace = rate > 0 ? ` · ${speed} steps/s · ${clock((total - step) / rate)} left` : "";
  return `epoch ${epoch}/${plan.epochs} ${bar} ${within}/${plan.stepsPerEpoch} · ${numbers(means)}${pace}`;
}

/** `loss 0.1234 · accuracy 0.9512`. */
export function numbers(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .filter(([key]) => key !== "learningRate")
    .map(([key, value]) => `${key} ${value.toPrecision(4)}`)
    .join(" · ");
}

/** `4 s`, `1:05 min`, `2:03 h`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pair = (high: number, low: number) => `${high}:${String(low).padStart(2, "0")}`;
  if (whole < 3600) return `${pair(Math.floor(whole / 60), whole % 60)} min`;
  return `${pair(Math.floor(whole / 3600), Math.floor((whole % 3600) / 60))} h`;
}
