/**
 * The doctor looks at a training while it goes on, and a line above its progress says what fires.
 *
 * When it looks is decided by epochs (1, 2, 4, 8 … and the last), not by time: so a notebook says the same each time. That
 * are few looks of about 10 ms. From the first minute on it may look after every epoch, as long as all looks together take
 * less than 2 % of the time.
 */
import { host } from "./base/host.js";
import { diagnose, type Problem, type Verdict, verdictPlaceText } from "./doctor/index.js";
import { type Run, RunReader } from "./track/index.js";

/** Seconds from which on looks are bounded by time. */
const byTimeFrom = 60;
/** Of the time. */
const mostShare = 0.02;

export interface WatchOptions {
  /** How many are planned: after the last one it looks in any case. */
  readonly epochs: number;
  /** Told each new problem, in a line. */
  readonly say: (line: string) => void;
  /** In milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * To be called after each epoch, from 1, when its values are recorded. A problem is told once, and only one that is a root
 * cause and no mere remark. What goes wrong with it is noted in the run and stops no training.
 */
export function watchTraining(run: Run, options: WatchOptions): (epoch: number) => void {
  const { epochs, say, now = () => performance.now() } = options;
  const reader = new RunReader(run.dir);
  const told = new Set<Problem>();
  const pace = lookPace(epochs, now);
  let works = true;
  return (epoch) => {
    if (!works || !pace.isDue(epoch)) return;
    try {
      pace.spend(() => {
        for (const verdict of diagnose(reader.refresh()).verdicts.filter(isAlarm)) {
          if (told.has(verdict.problem)) continue;
          told.add(verdict.problem);
          say(lineOf(verdict, run.name));
        }
      });
    } catch (error) {
      works = false;
      run.problem(`the doctor could not look at the training: ${(error as Error).message}`);
    }
  };
}

function isAlarm({ severity, follows }: Verdict): boolean {
  return severity !== "info" && follows === undefined;
}

/** `doctor: VanishingGradient in hidden_1, from step 0 — %doctor deep for what to do`. */
function lineOf(verdict: Verdict, name: string): string {
  const how = host().kind === "notebook" ? "%doctor" : "tunelab doctor";
  const word = /^[\w.-]+$/.test(name) ? name : `'${name}'`;
  return `doctor: ${verdictPlaceText(verdict)} — ${how} ${word} for what to do`;
}

interface LookPace {
  isDue(epoch: number): boolean;
  spend(look: () => void): void;
}

function lookPace(epochs: number, now: () => number): LookPace {
  const start = now();
  let spent = 0;
  let longest = 0;
  return {
    isDue(epoch) {
      const elapsed = now() - start;
      if (elapsed >= 1000 * byTimeFrom) return spent + longest <= mostShare * elapsed;
      return epoch === epochs || Number.isInteger(Math.log2(epoch));
    },
    spend(look) {
      const begin = now();
      look();
      const took = now() - begin;
      spent += took;
      longest = Math.max(longest, took);
    },
  };
}
