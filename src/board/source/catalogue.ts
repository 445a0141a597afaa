/** What a page knows before it asks for points: runs, tags, remarks. */
import type { BoardKind } from "../../base/boardKinds.js";
import type { JsonValue, RunStatus } from "../../track/runRecord.js";
import { type BoardData, constants } from "../content.js";
import { cutShort } from "../cutShort.js";
import { heldKinds } from "../heldKinds.js";
import type { BoardSettings } from "../options.js";
import { remarks, unplacedVerdicts } from "../remarks.js";
import { type BoardRun, startOf } from "../series.js";
import type { BoardVerdict } from "../verdicts.js";

export interface CatalogueRun {
  /** Unique on the board. */
  readonly label: string;
  readonly status: RunStatus;
  readonly group?: string;
  readonly config: Readonly<Record<string, JsonValue>>;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Wall time of its first point in seconds since 1970; 0 if it has none. */
  readonly start: number;
  /** Scalars logged so far. */
  readonly points: number;
  /** Places in `tags` of those it has. */
  readonly tags: readonly number[];
  /** What the doctor says of it, if anything. */
  readonly verdicts?: readonly BoardVerdict[];
}

export interface Catalogue {
  readonly title: string;
  readonly settings: BoardSettings;
  /** Of charts, that the runs hold something for. */
  readonly kinds: readonly BoardKind[];
  /** Oldest first: a run keeps its place, and so its colour, when others come. */
  readonly runs: readonly CatalogueRun[];
  /** In the order in which they are drawn. */
  readonly sweeps: readonly { readonly name: string; readonly metric: string }[];
  /** Of scalars. */
  readonly tags: readonly string[];
  /** Those that one number in `remarks` says as well. */
  readonly constant: readonly string[];
  /** Without those that `cutShort` says of the runs that are shown. */
  readonly remarks: readonly string[];
  /** True when the answers may change. */
  readonly live: boolean;
  /** Sentences about what is left out whatever is asked for: a page in a file carries only so much. */
  readonly thinned: readonly string[];
  /** Runs whose files are still to be read. */
  readonly unread: number;
}

/** How the answers come about. */
export interface Origin {
  readonly live: boolean;
  readonly thinned: readonly string[];
  readonly unread: number;
}

export function catalogue(data: BoardData, settings: BoardSettings, origin: Origin): Catalogue {
  const tags = new Map<string, number>();
  const runs = data.runs.map((run) => entry(run, tags));
  const { tags: _, ...everything } = settings;
  const told = new Set(cutShort(runs));
  const about = remarks(data, everything).filter((text) => !told.has(text));
  return {
    title: titleOf(data),
    settings,
    kinds: heldKinds(data.runs),
    runs,
    sweeps: data.sweeps.map(({ name, metric }) => ({ name, metric })),
    tags: [...tags.keys()],
    constant: constants(data.runs, everything).flatMap((chart) => chart.tags),
    remarks: [...unplacedVerdicts(data.runs, everything), ...about],
    ...origin,
  };
}

function entry({ label, data, verdicts }: BoardRun, tags: Map<string, number>): CatalogueRun {
  const { group, config, createdAt } = data.record;
  let points = 0;
  const places: number[] = [];
  for (const [tag, series] of data.scalars) {
    const place = tags.get(tag) ?? tags.size;
    tags.set(tag, place);
    places.push(place);
    points += series.values.length;
  }
  return {
    label,
    status: data.status,
    ...(group === undefined ? {} : { group }),
    config,
    createdAt,
    start: startOf(data),
    points,
    tags: places,
    ...(verdicts && { verdicts }),
  };
}

/** The names of up to three runs or sweeps. */
export function titleOf({ runs, sweeps }: BoardData): string {
  const names = [...sweeps.map((sweep) => sweep.name), ...runs.map((run) => run.label)];
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}
