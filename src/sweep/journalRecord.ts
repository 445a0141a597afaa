/**
 * What a sweep's journal says, one record an event, and how a sweep's state follows from it.
 *
 * Invariant: the state of a sweep is the fold of its records in order, so that a live coordinator, a resumed one and
 * a reader see the same. Records of an attempt that is not the trial's latest change nothing (fencing).
 */
import { type Distribution, type ParameterValue, sameDistribution } from "./distribution.js";
import type { Parameters } from "./space.js";
import type { TrialRecord, TrialState } from "./trialRecord.js";

interface OfTrial {
  readonly trial: number;
  readonly attempt: number;
}

export type JournalRecord =
  /** A coordinator took the sweep over; `time` in seconds since 1970. */
  | { readonly type: "open"; readonly time: number; readonly pid: number; readonly parallel: number }
  /** A trial starts. `sees`: how many trials the sampler had been told of. */
  | (OfTrial & {
      readonly type: "ask";
      readonly time: number;
      readonly params: Parameters;
      readonly sees: number;
    })
  /** A worker took the attempt. */
  | (OfTrial & { readonly type: "start"; readonly worker: number })
  | (OfTrial & {
      readonly type: "param";
      readonly name: string;
      readonly distribution: Distribution;
      readonly value: ParameterValue;
    })
  | (OfTrial & { readonly type: "run"; readonly dir: string })
  | (OfTrial & {
      readonly type: "report";
      readonly time: number;
      readonly step: number;
      readonly value: number;
    })
  /** The pruner decided at `step` that the trial should stop. */
  | (OfTrial & { readonly type: "prune"; readonly step: number })
  | (OfTrial & {
      readonly type: "tell";
      readonly time: number;
      readonly state: Exclude<TrialState, "running">;
      readonly value: number;
      readonly error?: string;
    })
  /** The worker died; the trial is asked again as the next attempt. */
  | (OfTrial & { readonly type: "lost"; readonly time: number; readonly error: string })
  | { readonly type: "close"; readonly time: number; readonly reason: string };

/** One line, without its newline. Numbers that JSON lacks are written as text. */
export function formatRecord(record: JournalRecord): string {
  return JSON.stringify(record, (key, value) =>
    key === "value" && typeof value === "number" && !Number.isFinite(value)
      ? { number: String(value) }
      : value,
  );
}

/** @throws SyntaxError if the line is no record. */
export function parseRecord(line: string): JournalRecord {
  const record: unknown = JSON.parse(line, (key, value) =>
    key === "value" && typeof value === "object" && value !== null && "number" in value
      ? Number(value.number)
      : value,
  );
  if (typeof record !== "object" || record === null || !("type" in record))
    throw new SyntaxError(`a journal's line is an object with a type; it was ${line.slice(0, 80)}`);
  return record as JournalRecord;
}

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
