/** Charts that one number says as well: a rate that never changes, a count that stays zero. */

import { shortNumber } from "../base/table.js";
import { tags } from "../base/tags.js";
import { layerTags } from "./layers.js";
import type { BoardRun } from "./series.js";
import { groupScalars, layerGroups, prefixOf } from "./tagGroups.js";

/** Invariant: all points of all its series, over all runs and layers, have the one finite value. */
export interface ConstantChart {
  readonly name: string;
  readonly value: number;
  readonly tags: readonly string[];
}

/** What a person looks at to see whether a run learns. That a loss never changes is worth a chart. */
const kept = ["loss", "accuracy", "valLoss", "valAccuracy"].flatMap((name) => [
  tags.train(name),
  tags.epoch(name),
]);
const trainGroup = prefixOf(tags.train("loss"));
const epochGroup = prefixOf(tags.epoch("loss"));

/**
 * Of the metrics of epochs only those that are 0 throughout. None where all charts are such: then they are what was asked for. One point is no constant yet: some series of the
 * chart has two.
 * @param layers whether series that are logged once per layer have charts too.
 */
export function constantCharts(runs: readonly BoardRun[], layers: boolean): ConstantChart[] {
  const charts = [...scalarCharts(runs), ...(layers ? layerCharts(runs) : [])];
  const constant = charts.flatMap(({ name, drawn, tags: names }) => {
    const value = names.some((tag) => kept.includes(tag)) ? undefined : commonValue(runs, drawn);
    const isOfEpochs = names.some((tag) => prefixOf(tag) === epochGroup);
    return value === undefined || (isOfEpochs && value !== 0) ? [] : [{ name, value, tags: names }];
  });
  return constant.length < charts.length ? constant : [];
}

interface Chart {
  readonly name: string;
  readonly drawn: readonly string[];
  readonly tags: readonly string[];
}

function scalarCharts(runs: readonly BoardRun[]): Chart[] {
  return groupScalars(runs).flatMap(({ group, charts }) =>
    charts.map((chart) => ({
      name: group === trainGroup ? chart.title : (chart.tags[0] as string),
      drawn: chart.tags,
      tags: chart.tags,
    })),
  );
}

function layerCharts(runs: readonly BoardRun[]): Chart[] {
  return layerGroups.flatMap((group) => {
    const drawn = runs.flatMap(({ data }) => layerTags(data, group, data.scalars.keys()));
    const names = runs
      .flatMap(({ data }) => [...data.scalars.keys()])
      .filter((tag) => prefixOf(tag) === group);
    return names.length === 0
      ? []
      : [{ name: group, drawn: [...new Set(drawn.map(({ tag }) => tag))], tags: [...new Set(names)] }];
  });
}

/** The value of every point of these series; undefined if there are two, or none is finite. */
function commonValue(runs: readonly BoardRun[], names: readonly string[]): number | undefined {
  const all = runs.flatMap(({ data }) =>
    names.flatMap((tag) => {
      const series = data.scalars.get(tag);
      return series && series.values.length > 0 ? [series.values] : [];
    }),
  );
  const value = all[0]?.[0];
  if (value === undefined || !Number.isFinite(value) || all.every(({ length }) => length < 2))
    return undefined;
  return all.every((values) => values.every((other) => other === value)) ? value : undefined;
}

/** Characters that fit a board's width. */
const width = 130;

/** `constant: gradientNonFinite 0 · learningRate 0.05`, in as many lines as it takes. */
export function written(charts: readonly ConstantChart[]): string[] {
  const lines: string[] = [];
  for (const { name, value } of charts) {
    const text = `${name} ${shortNumber(value)}`;
    const last = lines.at(-1);
    if (last === undefined) lines.push(`constant: ${text}`);
    else if (last.length + 3 + text.length <= width) lines[lines.length - 1] = `${last} · ${text}`;
    else lines.push(text);
  }
  return lines;
}
