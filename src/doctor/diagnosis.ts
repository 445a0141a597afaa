/** The doctor's answer for one run; it shows itself as text and as a card. */

import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import type { PreflightRecord } from "../base/preflightRecord.js";
import type { RunData, RunRecord } from "../track/index.js";
import { diagnosisHtml } from "./diagnosisHtml.js";
import { diagnosisText } from "./diagnosisText.js";
import { evidenceChart } from "./evidenceChart.js";
import { recordedPreflight } from "./recordedPreflight.js";
import type { RuleOutcome, Verdict } from "./verdict.js";

export class Diagnosis {
  readonly dir: string;
  readonly name: string;
  readonly id: string;
  /** Root causes first, most severe first. */
  readonly verdicts: readonly Verdict[];
  /** Every rule with its outcome: without a verdict a run is only as healthy as there was evidence to judge. */
  readonly outcomes: readonly RuleOutcome[];
  /** What was checked before the first step; undefined where nothing was. */
  readonly preflight: PreflightRecord | undefined;

  /** How many older runs of the same name fit what was asked for. */
  readonly older: number;

  readonly #run: RunData;

  constructor(run: RunData, found: Pick<Diagnosis, "verdicts" | "outcomes" | "older">) {
    const { id, name, preflight }: RunRecord = run.record;
    this.#run = run;
    this.dir = run.dir;
    this.id = id;
    this.name = name;
    this.verdicts = found.verdicts;
    this.outcomes = found.outcomes;
    this.older = found.older;
    this.preflight = recordedPreflight(preflight);
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
    const { dir, id, name, older, healthy, verdicts, outcomes, preflight } = this;
    return { dir, id, name, older, healthy, verdicts, outcomes, ...(preflight && { preflight }) };
  }

  toString(): string {
    return diagnosisText(this);
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
    return {
      "text/plain": this.toString(),
      "text/html": diagnosisHtml(this, (verdict) => evidenceChart(this.#run, verdict)),
    };
  }
}

inspectInstances(Diagnosis);
