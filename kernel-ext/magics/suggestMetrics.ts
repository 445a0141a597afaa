import { metricsIn, recentRecords } from "./recentRecords.js";
import type { Suggest } from "./schema.js";

/** Metrics that runs on disk have in their summaries. */
export const suggestMetrics: Suggest = (typed, { folder }) => {
  const names = recentRecords(folder)
    .flatMap(metricsIn)
    .filter((name) => name.startsWith(typed));
  return [...new Set(names)].sort();
};
