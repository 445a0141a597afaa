/** What of a run can be asked for by name: the one mapping of filters, sorting and columns. */
import { nearestNames } from "../../base/nearestName.js";
import { hparamsOf } from "../hparams.js";
import { metricOf } from "../metricOf.js";
import type { JsonValue } from "../runRecord.js";
import type { RunRow } from "../runRow.js";

/** Undefined: the run has none. Several texts: its tags. */
export type FieldValue = string | number | boolean | readonly string[] | undefined;

/** What each run has beside metrics and configuration; names with the same meaning stand for each other. */
const facts: Readonly<Record<string, (row: RunRow) => FieldValue>> = {
  name: ({ name }) => name,
  id: ({ id }) => id,
  status: ({ status }) => status,
  group: ({ group }) => group,
  tags: ({ tags }) => tags,
  notes: ({ notes }) => notes,
  seed: ({ seed }) => seed,
  started: ({ createdAt }) => createdAt,
  createdAt: ({ createdAt }) => createdAt,
  duration: ({ duration }) => duration,
  seconds: ({ duration }) => duration,
};

export const factNames: readonly string[] = Object.keys(facts);

/** Fields whose values are points in time, in ISO 8601. */
export const isTime = (field: string): boolean => field === "started" || field === "createdAt";
/** Fields whose values are seconds. */
export const isDuration = (field: string): boolean => field === "duration" || field === "seconds";

const flattened = new WeakMap<object, ReadonlyMap<string, string | number | boolean>>();

/** A configuration's flat keys, made once. */
export function settingsOf(
  config: Readonly<Record<string, JsonValue>>,
): ReadonlyMap<string, string | number | boolean> {
  const known = flattened.get(config) ?? hparamsOf(config);
  flattened.set(config, known);
  return known;
}

/**
 * A field of a run: a fact such as `name`, else a metric, by its short name or its tag, else a setting such as
 * `optimizer.lr`. `config.lr` is a setting and `metrics.loss` a metric, whatever else is called so.
 */
export function fieldOf(row: RunRow, field: string): FieldValue {
  const own = Object.hasOwn(facts, field) ? facts[field]?.(row) : undefined;
  return (
    own ??
    metric(row, field) ??
    ownText(row, field) ??
    settingsOf(row.config).get(field) ??
    prefixed(row, field)
  );
}

/** What a person set in the run's summary that is no number. */
function ownText({ texts = {} }: RunRow, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function prefixed(row: RunRow, field: string): FieldValue {
  if (field.startsWith("config.")) return settingsOf(row.config).get(field.slice("config.".length));
  return field.startsWith("metrics.") ? metric(row, field.slice("metrics.".length)) : undefined;
}

function metric({ metrics }: RunRow, name: string): number | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : ownMetric(metrics, metricOf(name));
}

function ownMetric(metrics: RunRow["metrics"], name: string): number | undefined {
  return Object.hasOwn(metrics, name) ? metrics[name] : undefined;
}

/** Facts are always known; metrics and settings are those of the runs. */
export function isField(rows: readonly RunRow[], field: string): boolean {
  return Object.hasOwn(facts, field) || rows.some((row) => fieldOf(row, field) !== undefined);
}

/** ` the nearest are valAccuracy, valLoss`, or what there is. */
export function nearestFields(rows: readonly RunRow[], wrong: string): string {
  const prefix = /^(?:config|metrics)\./.exec(wrong)?.[0] ?? "";
  const settings = rows.flatMap(({ config }) => [...settingsOf(config).keys()]);
  const metrics = rows.flatMap(({ metrics }) => Object.keys(metrics));
  const all =
    prefix === "config."
      ? settings
      : prefix === "metrics."
        ? metrics
        : [...factNames, ...metrics, ...settings];
  const near = nearestNames(wrong.slice(prefix.length), all).map((name) => prefix + name);
  if (near.length > 0) return `the nearest ${near.length === 1 ? "is" : "are"} ${near.join(", ")}`;
  const plain = [...new Set(metrics)].filter((name) => !name.includes("/"));
  return `there are ${factNames.join(", ")}, config.… and ${plain.length === 0 ? "no metrics" : `the metrics ${plain.join(", ")}`}`;
}
