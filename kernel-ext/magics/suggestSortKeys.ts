import { metricsIn, recentRecords } from "./recentRecords.js";
import type { Suggest } from "./schema.js";

/** What every run has. */
const columns = ["name", "status", "createdAt", "duration"];

/**
 * What `%runs` sorts by: columns, then metrics and settings of the runs on disk; after a `-` all with it, and after a comma
 * the next key.
 */
export const suggestSortKeys: Suggest = (typed, { folder }) => {
  const [, done = "", sign = ""] = /^(.*,)?(-?)/s.exec(typed) ?? [];
  const records = recentRecords(folder);
  const metrics = records.flatMap(metricsIn).sort();
  const settings = records.flatMap(({ config }) => settingsIn(config)).sort();
  return [...new Set([...columns, ...metrics, ...settings])]
    .map((key) => done + sign + key)
    .filter((key) => key.startsWith(typed));
};

/** `{ optimizer: { lr: 1 } }` has `optimizer.lr`, as the library's tables call it. */
export function settingsIn(config: object, prefix = ""): string[] {
  return Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
    if (value === null) return [];
    const isInner = typeof value === "object" && !Array.isArray(value);
    return isInner ? settingsIn(value, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}
