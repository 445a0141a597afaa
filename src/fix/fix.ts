/** What came of trying the doctor's prescriptions: before and after side by side, and what to write. */
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { balancedAccuracy } from "../base/recallMetrics.js";
import { textTable } from "../base/table.js";
import type { Prescription } from "../doctor/index.js";
import { isBehind } from "./behind.js";
import { type Changes, noChanges } from "./changes.js";
import { comparison, failedTexts, noteTexts, triedTexts, unreadTexts } from "./fixComparison.js";
import type { FixAttempt, FixFacts, FixFailure, FixState } from "./fixFacts.js";
import { fixHtml } from "./fixHtml.js";
import { gainOf } from "./gain.js";
import { type KeptPatch, keepPatch } from "./keepPatch.js";

/** A recall below which a class is missed more often than it is found. */
const found = 0.5;

export class Fix {
  readonly before: FixState;
  readonly after: FixState;
  readonly attempts: readonly FixAttempt[];
  readonly failed: readonly FixFailure[];
  readonly advice: FixFacts["advice"];
  /** What the best training had other than the first. */
  readonly changes: Changes;

  /** Why nothing was tried, though there is a verdict: a clause. */
  readonly refused: string | undefined;

  #kept: KeptPatch | undefined;

  constructor({ before, best, attempts, failed = [], advice, refused }: FixFacts) {
    this.before = before;
    this.after = best;
    this.attempts = attempts;
    this.failed = failed;
    this.advice = advice;
    this.changes = best.changes;
    this.refused = refused;
  }

  /**
   * No alarm is left, the rule that raised the first one could judge, and what was measured says so too: it is better than
   * before, than guessing, and not less well than a vote of the nearest training rows. Where before and after measure different
   * things, as without a leak, they are not compared.
   */
  get cured(): boolean {
    return this.improved && this.after.diagnosis.top === undefined && this.doubt === undefined;
  }

  /** Why a training without alarms is no cure; a clause. */
  get doubt(): string | undefined {
    const { before, after } = this;
    const { top } = before.diagnosis;
    const judged = after.diagnosis.outcomes.find(({ problem }) => problem === top?.problem);
    if (!this.improved || after.diagnosis.top || !top) return undefined;
    if (judged?.outcome === "notEnough") return `too little was recorded to judge ${top.problem} again`;
    if (after.beyondGuessing === false) return "it answers no better than by guessing";
    if (isBehind(after))
      return `it answers less well than a vote of the nearest training rows (${after.outcome?.value.toPrecision(3)} of ${after.nearest?.toPrecision(3)})`;
    const gain = gainOf(after, before);
    const { metric = "what was measured", leastRecall } = after.outcome ?? {};
    const isShown = metric === balancedAccuracy || top.problem !== "ClassImbalance";
    if (!isShown && gain !== "unknown")
      return `${metric} cannot show it: compare the recall of each class by evaluate`;
    if (gain === "same" || gain === "worse") return `${metric} is no better than before`;
    return leastRecall !== undefined && leastRecall < found
      ? `a class is found in ${leastRecall.toPrecision(2)} of its validation rows only`
      : undefined;
  }

  /** A training was better than the first. */
  get improved(): boolean {
    return this.after !== this.before;
  }

  /** The prescriptions that led to the best training, in their order: lines to write. */
  get applied(): readonly Prescription[] {
    const at = this.attempts.findIndex(({ dir }) => dir === this.after.dir);
    const all = JSON.stringify;
    const among = (options: object, whole: object) =>
      Object.entries(options).every(
        ([name, value]) => all((whole as Record<string, unknown>)[name]) === all(value),
      );
    const { fit, model, data } = this.changes;
    const steps = data.map((step) => all(step));
    return this.attempts
      .slice(0, at + 1)
      .filter(
        ({ added }) =>
          all(added) !== all(noChanges) &&
          among(added.fit, fit) &&
          among(added.model, model) &&
          added.data.every((step) => steps.includes(all(step))),
      )
      .map(({ prescription }) => prescription);
  }

  /**
   * What the best training had other than the first, in the code that the run keeps: a diff for `patch -p1` or `git apply`,
   * below comment lines with what has no place there. Undefined where no training was better.
   */
  get patch(): string | undefined {
    return this.#kept?.text;
  }

  /** The patch's file in the run's folder; undefined where nothing of it has a place in the code. */
  get patchFile(): string | undefined {
    return this.#kept?.file;
  }

  /** What patches the program itself by `patchFile`, for a shell; undefined of cells, and where the program is gone. */
  get patchCommand(): string | undefined {
    return this.#kept?.command;
  }

  /** Writes `patchFile`. */
  keepPatch(): void {
    this.#kept = keepPatch(this);
  }

  /** One line. */
  get headline(): string {
    const { name, top } = this.before.diagnosis;
    if (!top) return `${name}: nothing to repair, ${this.before.diagnosis.headline}`;
    if (this.refused !== undefined) return `${name}: nothing honest to repair, since ${this.refused}`;
    if (this.cured) return `${name}: ${top.problem} is cured`;
    if (this.doubt !== undefined)
      return `${name}: no alarm is left, but ${this.doubt}: no cure of ${top.problem}`;
    if (this.improved)
      return `${name}: better than before, and ${this.after.diagnosis.top?.problem ?? "nothing"} is left`;
    const failed = this.failed.length;
    const count = this.attempts.length + failed;
    if (count === 0) return `${name}: nothing that can be repaired by itself`;
    return `${name}: none of ${count} trainings was better${failed > 0 ? `, ${failed} of them failed` : ""}`;
  }

  toJSON(): object {
    const state = ({ dir, diagnosis, outcome, loss }: FixState) => ({ dir, diagnosis, outcome, loss });
    const unread = unreadTexts(this);
    return {
      headline: this.headline,
      cured: this.cured,
      improved: this.improved,
      ...(this.doubt !== undefined && { doubt: this.doubt }),
      ...(this.refused !== undefined && { refused: this.refused }),
      before: state(this.before),
      after: state(this.after),
      changes: this.changes,
      applied: this.applied,
      attempts: this.attempts.map((attempt) => ({
        number: attempt.number,
        ...state(attempt),
        prescription: attempt.prescription,
        changes: attempt.changes,
        probe: attempt.probe,
      })),
      failed: this.failed,
      advice: this.advice,
      ...(unread.length > 0 && { unread }),
      ...(this.patch !== undefined && { patch: this.patch }),
      ...(this.patchFile !== undefined && { patchFile: this.patchFile }),
      ...(this.patchCommand !== undefined && { patchCommand: this.patchCommand }),
    };
  }

  toString(): string {
    const lines = [this.headline];
    if (this.attempts.length > 0) lines.push("", ...triedTexts(this), "", textTable(comparison(this)));
    lines.push(...noteTexts(this));
    if (this.failed.length > 0)
      lines.push("", "what failed:", ...failedTexts(this).map((text) => `  ${text}`));
    if (this.applied.length > 0) lines.push("", "what to write:", ...this.applied.flatMap(prescriptionLines));
    if (this.patchFile !== undefined) lines.push(`  as a patch of the run's code: ${this.patchFile}`);
    if (this.patchCommand !== undefined) lines.push(`  into the program itself: ${this.patchCommand}`);
    const refused = this.before.diagnosis.top;
    if (this.attempts.length === 0 && refused) {
      lines.push("", `${refused.message} What to do:`, ...refused.prescription.flatMap(prescriptionLines));
    }
    if (this.advice.length > 0) lines.push("", "what is left to you:");
    for (const { prescription, why } of this.advice)
      lines.push(...prescriptionLines(prescription), `    not by itself: ${why}`);
    return lines.join("\n");
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": fixHtml(this) };
  }
}

inspectInstances(Fix);

function prescriptionLines({ text, code }: Prescription): string[] {
  return [`  ${text}`, ...(code === undefined ? [] : [`    ${code}`])];
}
