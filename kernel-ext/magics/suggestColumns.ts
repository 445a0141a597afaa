import { metricsIn, recentRecords } from "./recentRecords.js";
import type { Suggest } from "./schema.js";
import { settingsIn } from "./suggestSortKeys.js";

const facts = ["run", "id", "status", "started", "seconds", "group", "tags", "notes", "seed"];

/** Columns of the table of runs; after a comma the next one. */
export const suggestColumns: Suggest = (typed, { folder }) => {
  const [, done = ""] = /^(.*,)?/s.exec(typed) ?? [];
  const records = recentRecords(folder);
  const metrics = records.flatMap(metricsIn).sort();
  const settings = records.flatMap(({ config }) => settingsIn(config)).sort();
  return [...new Set([...facts, ...metrics, ...settings])].map((column) => done + column);
};
