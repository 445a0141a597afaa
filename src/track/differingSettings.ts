import type { TableCell } from "../base/table.js";
import { configurations, differingKeys } from "./configurations.js";
import { type Configured, runSettings } from "./runSettings.js";

/** As filters call a setting of which something else has the name. */
export function columnOfSetting(key: string, others: readonly string[]): string {
  return others.includes(key) ? `config.${key}` : key;
}

/** The settings in which runs differ, as columns of a table. */
export interface SettingColumns {
  /** Flat keys such as `optimizer.lr`. */
  readonly header: readonly string[];
  /** Of each run its cells, in the header's order. */
  readonly rows: readonly (readonly TableCell[])[];
}

/**
 * What the runs were given counts, not how far each came.
 *
 * @param others heads of the table's other columns: a setting that is called as one of them stands as `config.loss`
 */
export function differingSettings(
  runs: readonly Configured[],
  others: readonly string[] = [],
): SettingColumns {
  const header = differingKeys(configurations(runs.map(({ config }) => config)));
  const rows = runs.map((run) => {
    const settings = runSettings(run);
    return header.map((key) => settings.get(key));
  });
  return { header: header.map((key) => columnOfSetting(key, others)), rows };
}
