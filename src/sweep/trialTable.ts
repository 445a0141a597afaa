/**
 * The state of a sweep, as it follows from its journal.
 *
 * Invariant: it is the fold of the journal's records in order, so that a live coordinator, a resumed one and a reader
 * see the same. Records of an attempt that is not the trial's latest change nothing (fencing).
 */
import { type Distribution, type ParameterValue, sameDistribution } from "./distribution.js";
import type { JournalRecord } from "./journalRecord.js";
import { isFinished, type TrialRecord } from "./trialRecord.js";

type Changing<T> = { -readonly [K in keyof T]: T[K] };
interface LiveTrial extends Changing<Omit<TrialRecord, "params" | "distributions" | "intermediate">> {
  params: Record<string, ParameterValue>;
  distributions: Record<string, Distribution>;
  intermediate: [number, number][];
}

/** The trials of a sweep, by number, as its records told them. */
export class TrialTable {
  private readonly byNumber: LiveTrial[] = [];
  private readonly known = new Map<string, Distribution>();
  /** The numbers of told trials in the order they were told. */
  readonly told: number[] = [];
  /** How many told trials the sampler had seen at the latest ask. */
  sees = 0;
  /** Every trial below is finished. */
  firstUnfinished = 0;

  get trials(): readonly TrialRecord[] {
    return this.byNumber;
  }

  apply(record: JournalRecord): void {
    if (!("trial" in record)) return;
    if (record.type === "ask") {
      this.ask(record);
      return;
    }
    const trial = this.byNumber[record.trial];
    if (!trial || trial.attempt !== record.attempt || trial.state !== "running") return;
    switch (record.type) {
      case "start":
        trial.worker = record.worker;
        return;
      case "param":
        trial.params[record.name] = record.value;
        trial.distributions[record.name] = this.shared(record.name, record.distribution);
        return;
      case "run":
        trial.runDir = record.dir;
        return;
      case "report":
        trial.intermediate.push([record.step, record.value]);
        return;
      case "tell":
        trial.state = record.state;
        trial.value = record.value;
        trial.end = record.time;
        if (record.error !== undefined) trial.error = record.error;
        if (record.state !== "interrupted") this.told.push(record.trial);
        this.passFinished();
    }
  }

  private passFinished(): void {
    for (;;) {
      const trial = this.byNumber[this.firstUnfinished];
      if (!trial || !isFinished(trial)) return;
      this.firstUnfinished++;
    }
  }

  private ask(record: JournalRecord & { type: "ask" }): void {
    const before = this.byNumber[record.trial];
    if (before && before.attempt >= record.attempt) return;
    this.sees = Math.max(this.sees, record.sees);
    this.byNumber[record.trial] = {
      number: record.trial,
      state: "running",
      attempt: record.attempt,
      proposal: record.params,
      params: {},
      distributions: {},
      value: Number.NaN,
      intermediate: [],
      start: record.time,
    };
  }

  /** Equal definitions of a parameter share one object, so that they compare by identity. */
  private shared(name: string, distribution: Distribution): Distribution {
    const known = this.known.get(name);
    if (known && sameDistribution(known, distribution)) return known;
    this.known.set(name, distribution);
    return distribution;
  }
}
