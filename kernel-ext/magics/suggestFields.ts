import { metricsIn, recentRecords } from "./recentRecords.js";
import type { Suggest } from "./schema.js";
import { settingsIn } from "./suggestSortKeys.js";

/** What every run has that a filter can ask for. */
const facts = ["name", "id", "status", "group", "tags", "notes", "seed", "started", "duration"];

/** Fields for a filter of runs, also behind brackets, once a letter of them was typed. */
export const suggestFields: Suggest = (typed, { folder }) => {
  const [, before = "", begun = ""] = /^([(!]*)(.*)$/s.exec(typed) ?? [];
  if (begun === "") return [];
  const records = recentRecords(folder);
  const metrics = records.flatMap(metricsIn);
  const settings = records.flatMap(({ config }) => settingsIn(config)).map((key) => `config.${key}`);
  return [...new Set([...facts, ...metrics, ...settings])]
    .filter((field) => field.startsWith(begun))
    .sort()
    .map((field) => before + field);
};
