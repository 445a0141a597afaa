/** Compares runs: configuration, metrics, surroundings and code. */
import { isGlob } from "../base/fittingGlob.js";
import { lineDiff } from "../base/lineDiff.js";
import { knownDirection } from "../base/metric.js";
import { tags } from "../base/tags.js";
import { type CodeDifference, Comparison, type Difference, type MetricComparison } from "./comparison.js";
import { configurations, differingKeys } from "./configurations.js";
import { type FindRunsOptions, findRuns } from "./findRuns.js";
import { isForeign, summedAgain } from "./foreign/usualNames.js";
import { fromJsonNumber } from "./jsonValue.js";
import { comparableNames } from "./layerNames.js";
import { metricOf } from "./metricOf.js";
import { newestOf } from "./newestRun.js";
import type { JsonValue, RunRecord } from "./runRecord.js";
import { readRow } from "./runRow.js";
import { storedText } from "./storedCode.js";
import { summarisedRun } from "./summarisedRun.js";

/**
 * What runs differ in, seen from the first. A name that several runs share means the newest of them, unless it stands
 * alone; a pattern with `*` means all.
 *
 * @example compareRuns(["baseline", "deep"]).toString()
 * @throws RangeError when fewer than two runs are meant, or one named is unknown.
 */
export function compareRuns(runs: string | readonly string[], options: FindRunsOptions = {}): Comparison {
  const { dirs, notes } = meant([runs].flat() as string[], options);
  if (dirs.length < 2)
    throw new RangeError(
      `to compare takes two runs or more; ${[runs].flat().join(" ") || "nothing"} means ${dirs.length === 0 ? "none" : "one"}`,
    );
  const records = dirs.map((dir) => withComparableNames(summarisedRun(dir).record));
  const refused = new Set<string>();
  const code = dirs.map((dir, index) =>
    codeOf(dir, records[index]?.code ?? [], (sentence) => refused.add(sentence)),
  );
  const [first = []] = code;
  const shared = sharedLayers(records);
  return new Comparison({
    runs: dirs.map((dir) => readRow(dir)),
    config: differences(
      configurations(records.map(({ config, model }) => ({ ...config, ...modelFacts(model, shared) }))),
    ),
    surroundings: differences(configurations(records.map(surroundings))),
    metrics: metrics(records),
    code: code
      .slice(1)
      .flatMap((files, index) =>
        files.length > 0 && first.length > 0 ? codeDifferences(first, files, index + 1) : [],
      ),
    codeless: code.flatMap((files, index) => (files.length === 0 ? [index] : [])),
    notes: [...notes, ...refused],
  });
}

interface Meant {
  readonly dirs: readonly string[];
  /** For each name that means one of several. */
  readonly notes: readonly string[];
}

function meant(words: readonly string[], options: FindRunsOptions): Meant {
  const notes = new Set<string>();
  const found = words.flatMap((word) => {
    const dirs = findRuns(word, options);
    const newest = dirs.at(-1);
    if (words.length === 1 || isGlob(word) || newest === undefined) return dirs;
    if (dirs.length > 1) notes.add(newestOf(word, newest, dirs.length));
    return [newest];
  });
  return { dirs: [...new Set(found)], notes: [...notes] };
}

function differences(configs: readonly ReadonlyMap<string, string | number>[]): Difference[] {
  return differingKeys(configs).map((key) => ({ key, values: configs.map((config) => config.get(key)) }));
}

type Model = NonNullable<RunRecord["model"]>;

function withComparableNames(record: RunRecord): RunRecord {
  const { model } = record;
  if (!model) return record;
  const names = comparableNames(model.layers);
  const layers = model.layers.map((layer, index) => ({ ...layer, name: names[index] ?? layer.name }));
  return { ...record, model: { ...model, layers } };
}

/** Names of the layers that all models have. */
function sharedLayers(records: readonly RunRecord[]): ReadonlySet<string> {
  const names = records.map(({ model }) => new Set(model?.layers.map(({ name }) => name)));
  const [first = new Set<string>(), ...others] = names;
  return new Set([...first].filter((name) => others.every((one) => one.has(name))));
}

/** Parameters in all, and of each layer what a person chose: in one text where not all models have it. */
function modelFacts(model: RunRecord["model"], shared: ReadonlySet<string>): Record<string, JsonValue> {
  if (!model) return {};
  const layers = model.layers.map((layer) => [
    `layer ${layer.name}`,
    shared.has(layer.name) ? layerFacts(layer) : layerText(layer),
  ]);
  return { parameters: model.parameters, ...Object.fromEntries(layers) };
}

function layerFacts({ kind, units, activation, initializer, trainable }: Model["layers"][number]) {
  return {
    kind,
    trainable,
    ...(units !== undefined && { units }),
    ...(activation !== undefined && { activation }),
    ...(initializer !== undefined && { initializer }),
  };
}

/** `Dense, 8 units, relu, heUniform`. */
function layerText({ kind, units, activation, initializer, trainable }: Model["layers"][number]): string {
  const size = units === undefined ? [] : [`${units} ${units === 1 ? "unit" : "units"}`];
  const chosen = [activation, initializer].filter((word) => word !== undefined);
  return [kind, ...size, ...chosen, ...(trainable ? [] : ["frozen"])].join(", ");
}

/** What is no setting of the training but may explain a difference: versions, machine, environment variables as `$NAME`. */
function surroundings({ seed, git, environment, variables, status, workingDirectory }: RunRecord) {
  // What these took is another number each time.
  const { captures: _, inputSeconds: __, trainingSeconds: ___, ...computes } = environment;
  return {
    ...computes,
    workingDirectory,
    status,
    ...(seed !== undefined && { seed }),
    ...(git && { git: { ...git } }),
    ...Object.fromEntries(Object.entries(variables ?? {}).map(([name, value]) => [`$${name}`, value])),
  };
}

const ofBatches = groupOf(tags.train(""));

/** Groups of series per weight or layer: too many for a table. */
const inner = new Set(
  Object.values(tags)
    .map((tag) => (typeof tag === "function" ? tag("") : tag))
    .map(groupOf)
    .filter((group) => !["", "epoch", ofBatches].includes(group)),
);

function groupOf(tag: string): string {
  return tag.slice(0, Math.max(0, tag.indexOf("/")));
}

/** A metric's tag, and what other programs called it. */
interface MetricTag {
  readonly tag: string;
  readonly logged: readonly string[];
}

/** Those of whole epochs and a person's own first, those of single batches last. */
function metrics(records: readonly RunRecord[]): MetricComparison[] {
  const isOfBatch = ({ tag }: MetricTag) => groupOf(tag) === ofBatches;
  const shown = metricTags(records)
    .filter(({ tag }) => !inner.has(groupOf(tag)))
    .sort((a, b) => Number(isOfBatch(a)) - Number(isOfBatch(b)));
  return shown.map(({ tag, logged }) => {
    const metric = metricOf(tag);
    const direction = knownDirection(metric);
    const last = records.map(({ summary }) => {
      const entry = summary[tag];
      return entry && fromJsonNumber(entry.last);
    });
    const best = direction && records.map(({ summary }) => summary[tag]?.[direction]);
    return {
      metric,
      ...(logged.length > 0 && { logged }),
      last,
      ...(direction && best && { direction, best }),
    };
  });
}

/** A series that another program logged, and that a summary has by its usual name too, is one metric. */
function metricTags(records: readonly RunRecord[]): MetricTag[] {
  const found = new Map<string, Set<string>>();
  for (const { summary, ...record } of records)
    for (const tag of Object.keys(summary)) {
      const again = isForeign(record) ? summedAgain(tag, summary) : undefined;
      const logged = found.get(again ?? tag) ?? new Set<string>();
      found.set(again ?? tag, again === undefined ? logged : logged.add(tag));
    }
  return [...found].map(([tag, logged]) => ({ tag, logged: [...logged] }));
}

interface CodeFile {
  readonly name: string;
  readonly text: string;
}

/** What is no file of the run is not shown, and told. */
function codeOf(dir: string, names: readonly string[], refuse: (sentence: string) => void): CodeFile[] {
  return names.flatMap((name) => {
    try {
      const text = storedText(dir, name);
      return text === undefined ? [] : [{ name, text }];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refuse(error.message);
      return [];
    }
  });
}

/**
 * The last file is what made the run (a notebook's cell, a script), so these two belong together. Other files of the
 * same text are left out, whatever their names: a notebook's cells get new numbers when they run again. What is left
 * belongs together by its names.
 */
function codeDifferences(
  first: readonly CodeFile[],
  other: readonly CodeFile[],
  run: number,
): CodeDifference[] {
  const rest = (files: readonly CodeFile[], known: readonly CodeFile[]) =>
    files.slice(0, -1).filter(({ text }) => !known.some((one) => one.text === text));
  const [before, after] = [rest(first, other), rest(other, first)];
  const added = after.filter(({ name }) => !before.some((file) => file.name === name));
  const pairs: (readonly [CodeFile | undefined, CodeFile | undefined])[] = [
    ...before.map((file) => [file, after.find(({ name }) => name === file.name)] as const),
    ...added.map((file) => [undefined, file] as const),
    [first.at(-1), other.at(-1)],
  ];
  return pairs
    .filter(([from, to]) => from?.text !== to?.text)
    .map(([from, to]) => ({
      run,
      ...(from && { from: from.name }),
      ...(to && { to: to.name }),
      lines: lineDiff(from?.text ?? "", to?.text ?? ""),
    }));
}
