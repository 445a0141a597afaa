/**
 * Tries the doctor's prescriptions on copies of a training, until no alarm is left: the first one that a program can carry
 * out, then a diagnosis, then the next, at most four trainings in all. What helps stays for those after it; the best is kept.
 *
 * Order and bound: prescriptions stand in the order of the tuning texts under the verdict that is the root cause; after
 * each training the diagnosis is asked anew (AUTOTRAINER, ICSE 2021, trains at most 10 times).
 */
import { type Diagnosis, diagnose, type Prescription } from "../doctor/index.js";
import { readRun } from "../track/index.js";
import { type Changes, holds, noChanges, withChange } from "./changes.js";
import { Fix } from "./fix.js";
import type { FixAttempt, FixFacts } from "./fixFacts.js";
import { NotApplicable } from "./notApplicable.js";
import { type Outcome, outcomeOf, type Repeatable } from "./repeatable.js";

export interface FixOptions {
  /** Trainings at most, 1 to 20. Default 4. */
  readonly attempts?: number;
  /** Told what is tried and what came of it, a line each. Default: nothing. */
  readonly say?: (line: string) => void;
}

/** Trainings shorter than this are done whole at once. */
const probeSeconds = 10;
/** Share of the epochs that a probe has, and its least number. */
const probe = { share: 0.25, epochs: 3 } as const;

/** Of an accuracy, and of a loss as a share of what it was. */
const leastGain = { accuracy: 0.01, loss: 0.05 } as const;

/** What a state of the training is worth. */
interface State {
  readonly changes: Changes;
  readonly dir: string;
  readonly diagnosis: Diagnosis;
  readonly outcome: Outcome | undefined;
}

/** @throws RangeError for a number of attempts that is none. */
export async function fixRun(first: Repeatable, options: FixOptions = {}): Promise<Fix> {
  const { attempts: most = 4, say = () => {} } = options;
  if (!Number.isInteger(most) || most < 1 || most > 20)
    throw new RangeError(`fix needs attempts to be a whole number from 1 to 20; it was given ${most}`);
  const before = stateOf(first.dir, first, noChanges);
  const attempts: FixAttempt[] = [];
  const advice: FixFacts["advice"][number][] = [];
  const tried = new Set<string>();
  let best = before;
  let base = before;
  while (attempts.length < most && base.diagnosis.top) {
    const { problem } = base.diagnosis.top;
    const next = nextOf(base, tried);
    if (!next) {
      // Nothing more for this state: back to the first, if another is left there.
      if (base === before) break;
      base = before;
      continue;
    }
    tried.add(keyOf(base, next.text));
    const changes = withChange(base.changes, next.change);
    const number = attempts.length + 1;
    say(`${number} of at most ${most}: ${next.text}`);
    try {
      const attempt = await tryOut(first, { changes, number, problem, say });
      attempts.push({ prescription: next, ...attempt });
      say(`  ${attempt.diagnosis.headline}${outcomeText(attempt.outcome)}`);
      if (!attempt.probe && isBetter(attempt, best)) best = attempt;
      if (!attempt.diagnosis.top && best === attempt) break;
      if (leadsOn(attempt, { base, next })) base = attempt;
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      advice.push({ prescription: next, why: error.message });
      say(`  not by itself: ${error.message}`);
    }
  }
  return new Fix({ before, best, attempts, advice });
}

type Applicable = Prescription & Required<Pick<Prescription, "change">>;

/** The first prescription for a state that a program can carry out, and that was not tried from it. */
function nextOf({ diagnosis, changes, dir }: State, tried: ReadonlySet<string>): Applicable | undefined {
  return diagnosis.top?.prescription.find(
    (one): one is Applicable =>
      one.change !== undefined && !tried.has(keyOf({ dir }, one.text)) && !holds(changes, one.change),
  );
}

function keyOf({ dir }: Pick<State, "dir">, text: string): string {
  return `${dir}\n${text}`;
}

/**
 * Whether the next prescription goes on from this training: it was better, or its rate was a step on a way that leads
 * further, since rates are found by steps of ten.
 */
function leadsOn(
  attempt: Tried,
  { base, next }: { readonly base: State; readonly next: Applicable },
): boolean {
  const isRate = next.change.fit?.learningRate !== undefined;
  const same = attempt.diagnosis.top?.problem === base.diagnosis.top?.problem;
  return attempt.probe ? isRate && same : isBetter(attempt, base) || (isRate && same);
}

interface Tried extends State {
  /** It was given up after a few epochs, since they had the same problem. */
  readonly probe: boolean;
}

async function tryOut(
  first: Repeatable,
  {
    changes,
    number,
    problem,
    say,
  }: {
    readonly changes: Changes;
    readonly number: number;
    readonly problem: string;
    readonly say: (line: string) => void;
  },
): Promise<Tried> {
  const name = `fix-${number}`;
  const epochs = Math.max(probe.epochs, Math.ceil(first.epochs * probe.share));
  if (first.seconds >= probeSeconds && 2 * epochs <= first.epochs) {
    const dir = await first.repeat(changes, { name: `${name}-probe`, epochs });
    const short = stateOf(dir, first, changes);
    const { top } = short.diagnosis;
    if (top?.problem === problem && top.severity === "error") return { ...short, probe: true };
    say(`  ${epochs} of ${first.epochs} epochs: ${problem} is gone, so all of them`);
  }
  return { ...stateOf(await first.repeat(changes, { name }), first, changes), probe: false };
}

function stateOf(dir: string, { restoresBest }: Repeatable, changes: Changes): State {
  const run = readRun(dir);
  const keepsBest = restoresBest || "earlyStopping" in changes.fit || changes.fit.restoreBest === true;
  return { dir, changes, diagnosis: diagnose(run), outcome: outcomeOf(run, keepsBest) };
}

/** Fewer alarms first, errors before warnings; then what was measured, if it is better by more than chance may bring. */
function isBetter(one: State, other: State): boolean {
  const [a, b] = [alarmsOf(one), alarmsOf(other)];
  return a === b ? gains(one.outcome, other.outcome) : a < b;
}

function gains(one: Outcome | undefined, other: Outcome | undefined): boolean {
  if (!one || !Number.isFinite(one.score)) return false;
  if (!other || !Number.isFinite(other.score)) return true;
  const least = one.metric.endsWith("ccuracy") ? leastGain.accuracy : leastGain.loss * Math.abs(other.value);
  return one.score - other.score >= least;
}

/** Symptoms of another verdict count for nothing: they go with it. */
function alarmsOf({ diagnosis }: State): number {
  const roots = diagnosis.verdicts.filter(({ follows }) => follows === undefined);
  const count = (wanted: string) => roots.filter(({ severity }) => severity === wanted).length;
  return 100 * count("error") + count("warning");
}

function outcomeText(outcome: Outcome | undefined): string {
  return outcome ? `, ${outcome.metric} ${outcome.value.toPrecision(4)}` : "";
}
