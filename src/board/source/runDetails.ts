/** What is known of a run beside what it logged: as its record says it, in which secrets are masked. */
import type { Alert } from "../../track/alerts.js";
import type { RunRecord } from "../../track/runRecord.js";
import type { BoardData } from "../content.js";
import { flat } from "../panels/runsAsSweep.js";
import { startedBy } from "./startedBy.js";

/** Names and values, as texts. */
export type Facts = readonly (readonly [name: string, value: string])[];

export interface RunDetails {
  readonly label: string;
  readonly facts: Facts;
  readonly tags: readonly string[];
  readonly notes: string;
  /** Flat: `optimizer.lr`. */
  readonly config: Facts;
  readonly alerts: readonly Pick<Alert, "level" | "title" | "text" | "count" | "lastAt">[];
}

/** Of a page in a file, whose room is bounded, perhaps not all; that says in words how it was started. */
type Known = Partial<RunRecord> &
  Pick<RunRecord, "id" | "createdAt" | "config"> & { readonly startedBy?: string };

/** @throws RangeError where no run has the label. */
export function runDetails({ runs }: BoardData, label: string): RunDetails {
  const run = runs.find((one) => one.label === label);
  if (!run) throw new RangeError(`details need a run on the board; ${JSON.stringify(label)} is none`);
  const record: Known = run.data.record;
  const { tags = [], notes = "", config, alerts = [] } = record;
  return {
    label,
    facts: factsOf(record, run.data.status),
    tags,
    notes,
    config: Object.entries(flat(config)).map(([name, value]) => [name, String(value)] as const),
    alerts: alerts.map(({ level, title, text, count, lastAt }) => ({ level, title, text, count, lastAt })),
  };
}

function factsOf(record: Known, status: string): Facts {
  const { id, group, seed, createdAt, finishedAt, resumed = 0, git, reason, error } = record;
  const told: Readonly<Record<string, string | number | undefined>> = {
    status: reason === undefined ? status : `${status}: ${reason}`,
    error: error && `${error.name}: ${error.message}`,
    id,
    group,
    seed,
    created: createdAt,
    ended: finishedAt,
    resumed: resumed === 0 ? undefined : resumed,
    "started by": record.startedBy ?? startedBy(record),
    commit: git && `${git.commit}${git.dirty ? ", with changes" : ""}`,
  };
  return Object.entries(told).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)] as const],
  );
}
