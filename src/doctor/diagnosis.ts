/** The doctor's answer for one run; it shows itself as text and as a card. */
import type { MimeBundle } from "../base/host.js";
import { shortNumber } from "../base/table.js";
import type { RunData, RunRecord } from "../track/index.js";
import { diagnosisHtml } from "./diagnosisHtml.js";
import type { Evidence, RuleOutcome, Verdict } from "./verdict.js";

export class Diagnosis {
  readonly dir: string;
  readonly name: string;
  readonly id: string;
  /** Root causes first, most severe first. */
  readonly verdicts: readonly Verdict[];
  /** Every rule with its outcome: without a verdict a run is only as healthy as there was evidence to judge. */
  readonly outcomes: readonly RuleOutcome[];

  constructor(run: RunData, found: { verdicts: readonly Verdict[]; outcomes: readonly RuleOutcome[] }) {
    const { id, name }: RunRecord = run.record;
    this.dir = run.dir;
    this.id = id;
    this.name = name;
    this.verdicts = found.verdicts;
    this.outcomes = found.outcomes;
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
    const { dir, id, name, healthy, verdicts, outcomes } = this;
    return { dir, id, name, healthy, verdicts, outcomes };
  }

  toString(): string {
    const lines = [`${this.name} (${this.id}): ${this.headline}`];
    for (const verdict of this.verdicts) lines.push("", ...verdictText(verdict));
    const unjudged = this.outcomes.filter(({ outcome }) => outcome === "notEnough");
    if (unjudged.length > 0) lines.push("");
    for (const { problem, missing } of unjudged) lines.push(`  not judged: ${problem} (needs ${missing})`);
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

  toMimeBundle(): MimeBundle {
    return { "text/plain": this.toString(), "text/html": diagnosisHtml(this) };
  }
}

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
