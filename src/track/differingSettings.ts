import type { TableCell } from "../base/table.js";
import { configurations, differingKeys } from "./configurations.js";
import type { JsonValue } from "./runRecord.js";

/** What a run was given, and how many epochs of it were finished; undefined if none was. */
export interface Settings {
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly epochs?: number;
}

/** The settings in which runs differ, as columns of a table. */
export interface SettingColumns {
  /** Flat keys such as `optimizer.lr`. */
  readonly header: readonly string[];
  /** Of each run its cells, in the header's order. */
  readonly rows: readonly (readonly TableCell[])[];
}

/** A training that ended before the epochs it was given has both numbers: `6/50`. */
export function differingSettings(runs: readonly Settings[]): SettingColumns {
  const configs = configurations(runs.map(({ config }) => config));
  const header = differingKeys(configs);
  const rows = configs.map((config, i) => {
    const finished = runs[i]?.epochs ?? 0;
    return header.map((key) => (key === "epochs" ? epochsCell(config.get(key), finished) : config.get(key)));
  });
  return { header, rows };
}

function epochsCell(given: string | number | undefined, finished: number): TableCell {
  return typeof given === "number" && finished > 0 && finished < given ? `${finished}/${given}` : given;
}
