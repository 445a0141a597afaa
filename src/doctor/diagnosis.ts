/** The doctor's answer for one run; it shows itself as text and as a card. */

import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { shortNumber } from "../base/table.js";
import type { RunData, RunRecord } from "../track/index.js";
import { diagnosisHtml } from "./diagnosisHtml.js";
import { unjudged, unjudgedText } from "./unjudged.js";
import type { Evidence, RuleOutcome, Verdict } from "./verdict.js";

export class Diagnosis {
  readonly dir: string;
  readonly name: string;
  readonly id: string;
  /** Root causes first, most severe first. */
  readonly verdicts: readonly Verdict[];
  /** Every rule with its outcome: without a verdict a run is only as healthy as there was evidence to judge. */
  readonly outcomes: readonly RuleOutcome[];

  /** How many older runs of the same name fit what was asked for. */
  readonly older: number;

  constructor(run: RunData, found: Pick<Diagnosis, "verdicts" | "outcomes" | "older">) {
    const { id, name }: RunRecord = run.record;
    this.dir = run.dir;
    this.id = id;
    this.name = name;
    this.verdicts = found.verdicts;
    this.outcomes = found.outcomes;
    this.older = found.older;
  }

  /** The verdict to act on first: undefined when there is no alarm. */
  get top(): Verdict | undefined {
    return this.verdicts.find(({ severity }) => severity !== "info");
  }

  /** No alarm, and every rule had enough to judge. */
  get healthy(): boolean {
    return this.top === undefined && this.outcomes.every(({ outcome }) => outcome !== "notEnough");
  }

  toJSON(): object {
    const { dir, id, name, older, healthy, verdicts, outcomes } = this;
    return { dir, id, name, older, healthy, verdicts, outcomes };
  }

  toString(): string {
    const lines = [`${this.name} (${this.id}): ${this.headline}`];
    if (this.choice !== undefined) lines.push(`  ${this.choice}`);
    for (const verdict of this.verdicts) lines.push("", ...verdictText(verdict));
    const left = unjudged(this.outcomes);
    if (left.length > 0) lines.push("");
    for (const one of left) lines.push(`  ${unjudgedText(one)}`);
    return lines.join("\n");
  }

  /** One line: the top verdict, or that there is none. */
  get headline(): string {
    const { top } = this;
    if (top) return `${top.problem}${top.layer === undefined ? "" : ` in ${top.layer}`}`;
    const judged = this.outcomes.filter(({ outcome }) => outcome !== "notEnough").length;
    if (judged === 0) return "not enough recorded to judge";
    return this.healthy
      ? "healthy"
      : `no alarm by the ${judged} of ${this.outcomes.length} rules that could judge`;
  }

  /** Which of several runs of this name it is. */
  get choice(): string | undefined {
    if (this.older === 0) return undefined;
    return `the newest of ${this.older + 1} runs of this name; an older one is asked for by its id`;
  }

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": diagnosisHtml(this) };
  }
}

inspectInstances(Diagnosis);

/** Such as `‖g‖ of hidden_1 / ‖g‖ of output = 2.1e-5 (threshold: below 0.001)`. */
export function evidenceText({ what, value, threshold, crossed, unit = "" }: Evidence): string {
  return `${what} = ${shortNumber(value, 3)}${unit} (threshold: ${crossed} ${shortNumber(threshold, 3)}${unit})`;
}

const marks = { error: "✗", warning: "!", info: "i" } as const;

function verdictText(verdict: Verdict): string[] {
  const follows = verdict.follows === undefined ? "" : `, follows from ${verdict.follows}`;
  const lines = [
    `${marks[verdict.severity]} ${verdict.problem} (${verdict.severity}${follows}): ${verdict.message}`,
  ];
  lines.push("  evidence:", ...verdict.evidence.map((evidence) => `    ${evidenceText(evidence)}`));
  lines.push("  what to do:");
  for (const [i, { text, code }] of verdict.prescription.entries()) {
    lines.push(`    ${i + 1}. ${text}`);
    if (code !== undefined) lines.push(`       ${code}`);
  }
  return lines;
}
