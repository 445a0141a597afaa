import type { TableCell } from "../base/table.js";
import { configurations, differingKeys } from "./configurations.js";
import { type Configured, runSettings } from "./runSettings.js";

/** The settings in which runs differ, as columns of a table. */
export interface SettingColumns {
  /** Flat keys such as `optimizer.lr`. */
  readonly header: readonly string[];
  /** Of each run its cells, in the header's order. */
  readonly rows: readonly (readonly TableCell[])[];
}

/** What the runs were given counts, not how far each came. */
export function differingSettings(runs: readonly Configured[]): SettingColumns {
  const header = differingKeys(configurations(runs.map(({ config }) => config)));
  const rows = runs.map((run) => {
    const settings = runSettings(run);
    return header.map((key) => settings.get(key));
  });
  return { header, rows };
}
