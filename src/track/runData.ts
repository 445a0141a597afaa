/** A run as read from its folder. */
import type { Histogram } from "../base/histogram.js";
import { mediaTags, type RunMedia } from "./runMedia.js";
import type { RunRecord, RunStatus } from "./runRecord.js";
import type { StoredData } from "./storedData.js";

/**
 * Points in the order they were written: a resumed run may repeat steps.
 * Invariant: the three arrays have one length.
 */
export interface ScalarSeries {
  readonly steps: Float64Array;
  /** Exact as logged, NaN and infinities included. */
  readonly values: Float64Array;
  /** Seconds since 1970. */
  readonly wallTimes: Float64Array;
}

export interface HistogramPoint {
  readonly step: number;
  readonly wallTime: number;
  readonly histogram: Histogram;
}

/**
 * `truncated`: the file ends inside a record, and may still grow. `corrupt`: a record is left out. `unreadable`: the
 * system would not read the file. `gone`: the folder was deleted or renamed, or its record cannot be read any more; what
 * was read last is given. `replaced`: what had been read is not what lies there now, and all was read anew.
 */
export type ProblemKind = "truncated" | "corrupt" | "unreadable" | "gone" | "replaced";

/** Something in a run's files that could not be read. Everything else was. */
export interface ReadProblem {
  /** Relative to the run's folder. */
  readonly file: string;
  /** Byte where it begins. */
  readonly offset: number;
  readonly kind: ProblemKind;
  readonly message: string;
}

export interface RunData extends RunMedia {
  readonly dir: string;
  readonly record: RunRecord;
  /** `record.status`, corrected by signs of life of the owner. */
  readonly status: RunStatus;
  readonly scalars: ReadonlyMap<string, ScalarSeries>;
  /**
   * How busy the machine was, by `system/…`; steps are seconds since the run was opened. Apart from `scalars`: no
   * measure of a training. Absent where nothing was measured.
   */
  readonly system?: ReadonlyMap<string, ScalarSeries>;
  readonly histograms: ReadonlyMap<string, readonly HistogramPoint[]>;
  /** Of the data that was trained with. Absent where nothing was recorded of it. */
  readonly data?: Pick<StoredData, "record" | "hashes">;
  readonly problems: readonly ReadProblem[];
}

/** Of all that it recorded, but for how busy the machine was. */
export function tagsOf(data: Pick<RunData, "scalars" | "histograms" | keyof RunMedia>): string[] {
  return [...new Set([...data.scalars.keys(), ...data.histograms.keys(), ...mediaTags(data)])];
}
