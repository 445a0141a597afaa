/** What came of trying the doctor's prescriptions: before and after side by side, and what to write. */
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { textTable } from "../base/table.js";
import type { Prescription } from "../doctor/index.js";
import type { Changes } from "./changes.js";
import { comparison, triedTexts } from "./fixComparison.js";
import type { FixAttempt, FixFacts, FixState } from "./fixFacts.js";
import { fixHtml } from "./fixHtml.js";

export class Fix {
  readonly before: FixState;
  readonly after: FixState;
  readonly attempts: readonly FixAttempt[];
  readonly advice: FixFacts["advice"];
  /** What the best training had other than the first. */
  readonly changes: Changes;

  constructor({ before, best, attempts, advice }: FixFacts) {
    this.before = before;
    this.after = best;
    this.attempts = attempts;
    this.advice = advice;
    this.changes = best.changes;
  }

  /** The verdict that was acted on is gone, and no alarm is left. */
  get cured(): boolean {
    return this.improved && this.after.diagnosis.top === undefined;
  }

  /** A training was better than the first. */
  get improved(): boolean {
    return this.after !== this.before;
  }

  /** The prescriptions that led to the best training, in their order: lines to write. */
  get applied(): readonly Prescription[] {
    const at = this.attempts.findIndex(({ dir }) => dir === this.after.dir);
    const { fit, model, data } = this.changes;
    return this.attempts.slice(0, at + 1).flatMap(({ prescription }) => {
      const { change } = prescription;
      if (!change) return [];
      const among = (options: object | undefined, all: object) =>
        Object.entries(options ?? {}).every(
          ([name, value]) => JSON.stringify((all as Record<string, unknown>)[name]) === JSON.stringify(value),
        );
      const isIn =
        among(change.fit, fit) &&
        among(change.model, model) &&
        (change.data === undefined || data.includes(change.data));
      return isIn ? [prescription] : [];
    });
  }

  /** One line. */
  get headline(): string {
    const { name, top } = this.before.diagnosis;
    if (!top) return `${name}: nothing to repair, ${this.before.diagnosis.headline}`;
    if (this.cured) return `${name}: ${top.problem} is cured`;
    if (this.improved)
      return `${name}: better than before, and ${this.after.diagnosis.top?.problem ?? "nothing"} is left`;
    if (this.attempts.length === 0) return `${name}: nothing that can be repaired by itself`;
    return `${name}: none of ${this.attempts.length} trainings was better`;
  }

  toJSON(): object {
    const state = ({ dir, diagnosis, outcome }: FixState) => ({ dir, diagnosis, outcome });
    return {
      headline: this.headline,
      cured: this.cured,
      improved: this.improved,
      before: state(this.before),
      after: state(this.after),
      changes: this.changes,
      applied: this.applied,
      attempts: this.attempts.map((attempt) => ({
        ...state(attempt),
        prescription: attempt.prescription,
        changes: attempt.changes,
        probe: attempt.probe,
      })),
      advice: this.advice,
    };
  }

  toString(): string {
    const lines = [this.headline];
    if (this.attempts.length > 0) lines.push("", ...triedTexts(this), "", textTable(comparison(this)));
    if (this.applied.length > 0) lines.push("", "what to write:", ...this.applied.flatMap(prescriptionLines));
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
