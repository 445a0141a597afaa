/** The values that a person sets as a run's summary: they stand in the place of those computed of its series. */
import { toJsonNumber } from "./jsonValue.js";
import { metricOf } from "./metricOf.js";
import type { RunRecord, TagSummary } from "./runRecord.js";

export type SummaryValue = number | string | boolean;

/** As run.json keeps them. Throws a `TypeError` unless each value is a number, a text or a boolean. */
export function givenSummary(values: Readonly<Record<string, SummaryValue>>): Record<string, SummaryValue> {
  if (typeof values !== "object" || values === null || Array.isArray(values))
    throw new TypeError(
      `summary: its values must be an object such as { testAccuracy: 0.97 }; got ${Array.isArray(values) ? "a list" : String(values)}`,
    );
  for (const [name, value] of Object.entries(values))
    if (!["number", "string", "boolean"].includes(typeof value))
      throw new TypeError(
        `summary ${JSON.stringify(name)}: a value must be a number, a text or a boolean; got ${value === null ? "null" : typeof value}`,
      );
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? toJsonNumber(value) : value,
    ]),
  );
}

/**
 * The summary of a run's series, with a person's own numbers in the place of theirs: a number set as `valLoss` is the
 * last, the smallest and the largest of `epoch/valLoss`, or stands alone where there is no such series.
 */
export function withOwnNumbers({ summary, ownSummary = {} }: RunRecord): RunRecord["summary"] {
  const merged: Record<string, TagSummary> = { ...summary };
  const tags = Object.keys(summary);
  for (const [name, value] of Object.entries(ownSummary)) {
    if (!isNumber(value)) continue;
    const tag =
      tags.find((known) => known === name) ?? tags.find((known) => metricOf(known) === name) ?? name;
    const { step, count } = summary[tag] ?? { step: 0, count: 1 };
    const extremes = typeof value === "number" && { min: value, max: value };
    merged[tag] = { last: value, ...extremes, step, count };
  }
  return merged;
}

/** What of it is no number, by name. */
export function ownTexts({ ownSummary = {} }: RunRecord): Record<string, string> {
  const texts = Object.entries(ownSummary).filter(([, value]) => !isNumber(value));
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}

/** A number that JSON cannot hold is kept by its name. */
function isNumber(value: SummaryValue): value is TagSummary["last"] {
  return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
}
