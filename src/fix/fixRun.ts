/**
 * Tries the doctor's prescriptions on copies of a training, until no alarm is left: the first one that a program can carry
 * out, then a diagnosis, then the next, at most four trainings in all. What helps stays for those after it; the best is kept.
 *
 * Order and bound: prescriptions stand in the order of the tuning texts under the verdict that is the root cause; after
 * each training the diagnosis is asked anew (AUTOTRAINER, ICSE 2021, trains at most 10 times).
 */
import { Interrupted } from "../base/errors.js";
import type { Verdict } from "../doctor/index.js";
import { type RunRecord, readRun, readRunRecord } from "../track/index.js";
import { isBehind } from "./behind.js";
import { noChanges, withChange } from "./changes.js";
import { Fix } from "./fix.js";
import { otherLoss } from "./fixComparison.js";
import type { FixAttempt, FixFacts, FixFailure, FixState } from "./fixFacts.js";
import { FixInterrupted } from "./fixInterrupted.js";
import { gainOf } from "./gain.js";
import { nothingToLearn } from "./guessing.js";
import { faster, isUnfinished, longer } from "./longer.js";
import { type Applicable, type Found, keyOf, nextPrescription } from "./nextPrescription.js";
import { NotApplicable } from "./notApplicable.js";
import type { Outcome } from "./outcome.js";
import type { Repeatable } from "./repeatable.js";
import { beginning, type Look, type Tried, tryOut } from "./tryOut.js";

export interface FixOptions {
  /** Trainings at most, 1 to 20. Default 4. */
  readonly attempts?: number;
  /** Told what is tried and what came of it, a line each. Default: nothing. */
  readonly say?: (line: string) => void;
}

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
  const tries = new Tries(how, { before, most, say });
  await tries.all();
  return tries.result();
}

interface TriesOf {
  readonly before: FixState;
  readonly most: number;
  readonly say: (line: string) => void;
}

/** Invariant: `best` and `base` are the first training or one of the attempts. */
class Tries {
  readonly #how: Look;
  readonly #of: TriesOf;
  readonly #attempts: FixAttempt[] = [];
  readonly #failed: FixFailure[] = [];
  readonly #advice: FixFacts["advice"][number][] = [];
  /** Keys of what was tried. */
  readonly #tried = new Set([keyOf(noChanges)]);
  /** What the first training was set to. */
  readonly #had: RunRecord["config"];
  #best: FixState;
  /** What the next prescription is added to. */
  #base: FixState;

  constructor(how: Look, of: TriesOf) {
    this.#how = how;
    this.#had = readRunRecord(how.first.dir).config;
    this.#of = of;
    this.#best = of.before;
    this.#base = of.before;
  }

  async all(): Promise<void> {
    let found = this.#next();
    while (found && this.#count < this.#of.most) found = await this.#try(found);
  }

  result(): Fix {
    return new Fix({
      before: this.#of.before,
      best: this.#best,
      attempts: this.#attempts,
      failed: this.#failed,
      advice: this.#advice,
    });
  }

  get #count(): number {
    return this.#attempts.length + this.#failed.length;
  }

  /** Where nothing more is there for this state it goes back to the first, if another is left there. */
  #next(): Found | undefined {
    const { before } = this.#of;
    const found = nextPrescription(this.#base, this.#tried, this.#had);
    if (found || this.#base === before) return found;
    this.#base = before;
    return nextPrescription(before, this.#tried, this.#had);
  }

  /** @returns what is tried after it; undefined where it was a cure, or nothing is left */
  async #try({ verdict, next }: Found): Promise<Found | undefined> {
    const { most, say } = this.#of;
    const changes = withChange(this.#base.changes, next.change, verdict);
    this.#tried.add(keyOf(changes, this.#had));
    const added = withChange(noChanges, next.change, verdict);
    const number = this.#count + 1;
    say(`${number} of at most ${most}: ${next.text}`);
    try {
      const attempt = await tryOut(this.#how, { changes, number, problem: verdict.problem, say });
      this.#attempts.push({ number, prescription: next, added, ...attempt });
      const slow = this.#take(attempt, { verdict, next });
      if (slow) return slow;
      if (this.#isCured()) return undefined;
    } catch (error) {
      if (error instanceof Interrupted) throw new FixInterrupted(this.result());
      this.#leave(error, { number, next });
    }
    return this.#next();
  }

  /** @returns what is tried of it, if it was slow only */
  #take(attempt: Tried, { verdict, next }: Found): Found | undefined {
    const { before, say } = this.#of;
    say(`  ${attempt.diagnosis.headline}${outcomeText(attempt.outcome)}`);
    const loss = otherLoss(attempt, before);
    if (loss !== undefined) say(`  ${loss}`);
    if (!attempt.probe && isBetter(attempt, this.#best) && !isGuessing(attempt, before)) this.#best = attempt;
    const slow = attempt.diagnosis.top ? undefined : this.#slowOf(attempt, verdict);
    if (slow || (attempt.diagnosis.top && leadsOn(attempt, { base: this.#base, next }))) this.#base = attempt;
    return slow;
  }

  /** Silence alone is none: then what else is prescribed is tried too. */
  #isCured(): boolean {
    const { before } = this.#of;
    return this.#best !== before && new Fix({ before, best: this.#best, attempts: [], advice: [] }).cured;
  }

  #leave(error: unknown, { number, next }: { readonly number: number; readonly next: Applicable }): void {
    const why = error instanceof Error ? error.message : String(error);
    const isAdvice = error instanceof NotApplicable;
    if (isAdvice) this.#advice.push({ prescription: next, why });
    else this.#failed.push({ number, prescription: next, why });
    this.#of.say(`  ${isAdvice ? "not by itself" : "failed"}: ${why}`);
  }

  /**
   * What is tried of a training without alarms that had not come to its end, or found less than there is: once twice the epochs,
   * then a higher rate, as long as that helps and something is known to be missing.
   */
  #slowOf(attempt: Tried, verdict: Verdict): Found | undefined {
    const { changes, dir, nearest } = attempt;
    const { first } = this.#how;
    const run = readRun(dir);
    const rises = isUnfinished(run);
    if (attempt.probe || !(rises || isBehind(attempt))) return undefined;
    const why = rises
      ? "validation still got better when the training ended"
      : "a vote of the nearest training rows answers better";
    if (!this.#tried.has(longerKey)) {
      if (changes.fit.epochs !== undefined) return undefined;
      this.#tried.add(longerKey);
      return { verdict, next: longer(first.epochs, { why, keepsBest: first.keptBy(changes) !== undefined }) };
    }
    if (attempt !== this.#best || (nearest !== undefined && !isBehind(attempt))) return undefined;
    const next = faster(run, why);
    return next && { verdict, next };
  }
}

const longerKey = "longer";

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

/**
 * Fewer alarms first, errors before warnings, unless they were silenced at the price of what the model can; then what was
 * measured, if it is better by more than chance may bring.
 */
function isBetter(one: FixState, other: FixState): boolean {
  const [a, b] = [alarmsOf(one), alarmsOf(other)];
  const gain = gainOf(one, other);
  return a === b ? gain === "better" : a < b && gain !== "worse";
}

/** Of the rows that were there before: whatever else came of it, it brought nothing. */
function isGuessing(one: FixState, before: FixState): boolean {
  return one.beyondGuessing === false && gainOf(one, before) !== "unknown";
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
