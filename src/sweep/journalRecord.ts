/** What a sweep's journal says, one record an event. */
import type { Distribution, ParameterValue } from "./distribution.js";
import type { Parameters } from "./space.js";
import type { TrialState } from "./trialRecord.js";

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
