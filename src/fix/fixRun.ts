/**
 * Tries the doctor's prescriptions on copies of a training, until no alarm is left: the first one that a program can carry
 * out, then a diagnosis, then the next, at most four trainings in all. What helps stays for those after it; the best is kept.
 *
 * Order and bound: prescriptions stand in the order of the tuning texts under the verdict that is the root cause; after
 * each training the diagnosis is asked anew (AUTOTRAINER, ICSE 2021, trains at most 10 times).
 */
import { Interrupted } from "../base/errors.js";
import { balancedAccuracy } from "../base/recallMetrics.js";
import { diagnose, type Prescription, problems, type Verdict } from "../doctor/index.js";
import { fixCopyName, readRun } from "../track/index.js";
import { isBehind } from "./behind.js";
import { type Changes, noChanges, withChange } from "./changes.js";
import { Fix } from "./fix.js";
import { otherLoss } from "./fixComparison.js";
import type { FixAttempt, FixFacts, FixFailure, FixState } from "./fixFacts.js";
import { FixInterrupted } from "./fixInterrupted.js";
import { gainOf } from "./gain.js";
import { beyondGuessing, nothingToLearn } from "./guessing.js";
import { faster, isUnfinished, longer } from "./longer.js";
import { NotApplicable } from "./notApplicable.js";
import { inOriginalUnit } from "./originalUnit.js";
import { type Outcome, outcomeOf } from "./outcome.js";
import { recordedTargets } from "./recordedTargets.js";
import type { Repeatable } from "./repeatable.js";
import { taughtLoss } from "./taughtLoss.js";

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

/**
 * A training that throws is one of the attempts, and tells why: what others brought is kept.
 *
 * @throws RangeError for a number of attempts that is none.
 * @throws FixInterrupted if the person interrupts; its `fix` is what was found.
 */
export async function fixRun(first: Repeatable, options: FixOptions = {}): Promise<Fix> {
  const { attempts: most = 4, say = () => {} } = options;
  if (!Number.isInteger(most) || most < 1 || most > 20)
    throw new RangeError(`fix needs attempts to be a whole number from 1 to 20; it was given ${most}`);
  const { before, how } = beginning(first);
  const refused = before.diagnosis.top && nothingToLearn(readRun(first.dir));
  if (refused !== undefined) return new Fix({ before, best: before, attempts: [], advice: [], refused });
  const attempts: FixAttempt[] = [];
  const failed: FixFailure[] = [];
  const advice: FixFacts["advice"][number][] = [];
  const tried = new Set([keyOf(noChanges)]);
  let best = before;
  let base = before;
  let found = nextOf(base, tried);
  while (attempts.length + failed.length < most && found) {
    const { verdict, next } = found;
    const changes = withChange(base.changes, next.change, verdict);
    tried.add(keyOf(changes));
    const added = withChange(noChanges, next.change, verdict);
    const number = attempts.length + failed.length + 1;
    found = undefined;
    say(`${number} of at most ${most}: ${next.text}`);
    try {
      const attempt = await tryOut(how, { changes, number, problem: verdict.problem, say });
      attempts.push({ number, prescription: next, added, ...attempt });
      say(`  ${attempt.diagnosis.headline}${outcomeText(attempt.outcome)}`);
      const loss = otherLoss(attempt, before);
      if (loss !== undefined) say(`  ${loss}`);
      if (!attempt.probe && isBetter(attempt, best)) best = attempt;
      if (!attempt.diagnosis.top) {
        found = slowOf(attempt, { first, verdict, tried, isBest: attempt === best });
        if (found) base = attempt;
      } else if (leadsOn(attempt, { base, next })) base = attempt;
      if (!found && best !== before && isCure(best, before)) break;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (error instanceof Interrupted)
        throw new FixInterrupted(new Fix({ before, best, attempts, failed, advice }));
      if (error instanceof NotApplicable) advice.push({ prescription: next, why });
      else failed.push({ number, prescription: next, why });
      say(`  ${error instanceof NotApplicable ? "not by itself" : "failed"}: ${why}`);
    }
    found ??= nextOf(base, tried);
    // Nothing more for this state: back to the first, if another is left there.
    if (!found && base !== before) {
      base = before;
      found = nextOf(base, tried);
    }
  }
  return new Fix({ before, best, attempts, failed, advice });
}

/**
 * What is tried of a training without alarms that had not come to its end, or found less than there is: once twice the epochs,
 * then a higher rate, as long as that helps and something is known to be missing.
 */
function slowOf(
  attempt: Tried,
  {
    first,
    verdict,
    tried,
    isBest,
  }: {
    readonly first: Repeatable;
    readonly verdict: Verdict;
    readonly tried: Set<string>;
    readonly isBest: boolean;
  },
): Found | undefined {
  const { changes, dir, nearest } = attempt;
  const run = readRun(dir);
  const rises = isUnfinished(run);
  if (attempt.probe || !(rises || isBehind(attempt))) return undefined;
  const why = rises
    ? "validation still got better when the training ended"
    : "a vote of the nearest training rows answers better";
  if (!tried.has(longerKey)) {
    if (changes.fit.epochs !== undefined) return undefined;
    tried.add(longerKey);
    return { verdict, next: longer(first.epochs, { why, keepsBest: first.keptBy(changes) !== undefined }) };
  }
  if (!isBest || (nearest !== undefined && !isBehind(attempt))) return undefined;
  const next = faster(run, why);
  return next && { verdict, next };
}

const longerKey = "longer";

/** Silence alone is none: then what else is prescribed is tried too. */
function isCure(best: FixState, before: FixState): boolean {
  return new Fix({ before, best, attempts: [], advice: [] }).cured;
}

type Applicable = Prescription & Required<Pick<Prescription, "change">>;

interface Found {
  readonly verdict: Verdict;
  readonly next: Applicable;
}

/**
 * The first prescription for a state that a program can carry out, and that was not tried from it: the first ones of all root
 * causes in order of cause, whatever their severity, then the second ones.
 */
function nextOf({ diagnosis, changes }: FixState, tried: ReadonlySet<string>): Found | undefined {
  const roots = diagnosis.verdicts
    .filter(({ follows, severity }) => follows === undefined && severity !== "info")
    .sort((a, b) => problems.indexOf(a.problem) - problems.indexOf(b.problem));
  const most = Math.max(0, ...roots.map(({ prescription }) => prescription.length));
  for (let k = 0; k < most; k++)
    for (const verdict of roots) {
      const next = verdict.prescription.filter(isApplicable)[k];
      if (next && !tried.has(keyOf(withChange(changes, next.change, verdict)))) return { verdict, next };
    }
  return undefined;
}

function isApplicable(one: Prescription): one is Applicable {
  return one.change !== undefined;
}

/** No configuration is trained twice. */
function keyOf({ fit, model, data }: Changes): string {
  const sorted = (options: object) => Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(fit), sorted(model), data]);
}

/**
 * Whether the next prescription goes on from this training: it was better, or its rate was a step on a way that leads
 * further, since rates are found by steps of ten.
 */
function leadsOn(
  attempt: Tried,
  { base, next }: { readonly base: FixState; readonly next: Applicable },
): boolean {
  const isRate = next.change.fit?.learningRate !== undefined;
  const same = attempt.diagnosis.top?.problem === base.diagnosis.top?.problem;
  return attempt.probe ? isRate && same : isBetter(attempt, base) || (isRate && same);
}

interface Tried extends FixState {
  /** It was given up after a few epochs, since they had the same problem. */
  readonly probe: boolean;
}

/** How the trainings of a fix are looked at. */
interface Look {
  readonly first: Repeatable;
  /** Every class counts as much as another: an accuracy says nothing of classes that have hardly any rows. */
  readonly balanced: boolean;
}

function beginning(first: Repeatable): { readonly before: FixState; readonly how: Look } {
  const before = stateOf(first.dir, { first, balanced: false }, noChanges);
  const roots = before.diagnosis.verdicts.filter(({ follows }) => follows === undefined);
  if (!roots.some(({ problem, severity }) => problem === "ClassImbalance" && severity !== "info"))
    return { before, how: { first, balanced: false } };
  const state = stateOf(first.dir, { first, balanced: true }, noChanges);
  // A run of an older version has no recalls, and copies are compared with it.
  return { before: state, how: { first, balanced: state.outcome?.metric === balancedAccuracy } };
}

async function tryOut(
  how: Look,
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
  const { first } = how;
  const epochs = Math.max(probe.epochs, Math.ceil(first.epochs * probe.share));
  if (first.seconds >= probeSeconds && 2 * epochs <= first.epochs) {
    const dir = await first.repeat(changes, { name: fixCopyName(number, { isProbe: true }), epochs });
    const short = stateOf(dir, how, changes);
    const { top } = short.diagnosis;
    if (top?.problem === problem && top.severity === "error") return { ...short, probe: true };
    say(`  ${epochs} of ${first.epochs} epochs: ${problem} is gone, so all of them`);
  }
  const state = stateOf(await first.repeat(changes, { name: fixCopyName(number) }), how, changes);
  const nearest = state.diagnosis.top ? undefined : first.attainable(changes);
  return { ...state, ...(nearest !== undefined && { nearest }), probe: false };
}

function stateOf(dir: string, { first, balanced }: Look, changes: Changes): FixState {
  const run = readRun(dir);
  const measured = outcomeOf(run, first.keptBy(changes), { balanced });
  const loss = taughtLoss(run);
  const { unread } = recordedTargets(run);
  return {
    dir,
    changes,
    diagnosis: diagnose(run),
    outcome: inOriginalUnit(measured, { run, loss, deviations: first.targetDeviations(changes) }),
    loss,
    beyondGuessing: beyondGuessing(run, measured),
    ...(unread !== undefined && { unread }),
  };
}

/**
 * Fewer alarms first, errors before warnings, unless they were silenced at the price of what the model can; then what was
 * measured, if it is better by more than chance may bring.
 */
function isBetter(one: FixState, other: FixState): boolean {
  const [a, b] = [alarmsOf(one), alarmsOf(other)];
  const gain = gainOf(one, other);
  return a === b ? gain === "better" : a < b && gain !== "worse";
}

/** Symptoms of another verdict count for nothing: they go with it. */
function alarmsOf({ diagnosis }: FixState): number {
  const roots = diagnosis.verdicts.filter(({ follows }) => follows === undefined);
  const count = (wanted: string) => roots.filter(({ severity }) => severity === wanted).length;
  return 100 * count("error") + count("warning");
}

function outcomeText(outcome: Outcome | undefined): string {
  return outcome ? `, ${outcome.metric} ${outcome.value.toPrecision(4)}` : "";
}
