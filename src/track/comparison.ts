/** What two or more runs differ in, and how it shows itself. */
import { escapeHtml } from "../base/escapeHtml.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { type DiffLine, diffText } from "../base/lineDiff.js";
import type { Direction } from "../base/metric.js";
import { readableColour } from "../base/readableColour.js";
import { htmlTable, type Table, textTable } from "../base/table.js";
import { visibleControls, visibleControlsInLines } from "../base/visibleControls.js";
import { differingPart } from "./differingPart.js";
import type { RunRow } from "./runRow.js";

/** A key of the configuration, or of what surrounded the runs, with a value for each run. */
export interface Difference {
  readonly key: string;
  readonly values: readonly (string | number | undefined)[];
}

export interface MetricComparison {
  readonly metric: string;
  /** What other programs called it in their logs, where that is another name. */
  readonly logged?: readonly string[];
  /** Which way is better; absent for a metric this library does not know. */
  readonly direction?: Direction;
  /** The last value of each run. */
  readonly last: readonly (number | undefined)[];
  /** The best of each run; absent without a direction. */
  readonly best?: readonly (number | undefined)[];
}

/** One file of the code that ran, as it changed from the first run to another. */
export interface CodeDifference {
  /** The other run, by its place among the runs. */
  readonly run: number;
  /** Name of the first run's file, and of the other's; absent where there is none. */
  readonly from?: string;
  readonly to?: string;
  readonly lines: readonly DiffLine[];
}

export interface ComparisonParts {
  readonly runs: readonly RunRow[];
  readonly config: readonly Difference[];
  readonly surroundings: readonly Difference[];
  readonly metrics: readonly MetricComparison[];
  readonly code: readonly CodeDifference[];
  /** Places of the runs that kept no code, such as a notebook's trials: the sweep has it. */
  readonly codeless: readonly number[];
  /** Sentences on what was compared: which of several runs of one name. */
  readonly notes: readonly string[];
}

/** Shows itself as tables and a coloured difference of the code. */
export class Comparison {
  constructor(readonly parts: ComparisonParts) {}

  get runs(): readonly RunRow[] {
    return this.parts.runs;
  }

  toJSON(): object {
    const { runs, ...rest } = this.parts;
    return { runs: runs.map(({ dir, id, name, status }) => ({ dir, id, name, status })), ...rest };
  }

  toString(): string {
    return sections(this.parts)
      .flatMap(({ title, table, code }) => [
        `${visibleControls(title)}${table || code ? ":" : ""}`,
        ...(table ? [textTable(table)] : []),
        ...(code ?? []).map(visibleControlsInLines),
        "",
      ])
      .join("\n")
      .trimEnd();
  }

  toMimeBundle(): MimeBundle {
    const html = sections(this.parts).map(
      ({ title, table, code }) =>
        `<p><b>${escapeHtml(title)}</b></p>${table ? htmlTable(table) : ""}${code ? `<pre>${code.map(coloured).join("\n")}</pre>` : ""}`,
    );
    return { "text/plain": this.toString(), "text/html": html.join("") };
  }
}

inspectInstances(
  Comparison,
  String,
  ({ runs }) => `comparison of ${runs.map(({ name }) => name).join(", ")}`,
);

interface Section {
  readonly title: string;
  readonly table?: Table;
  readonly code?: readonly string[];
}

function sections({
  runs,
  notes,
  config,
  surroundings,
  metrics,
  code,
  codeless,
}: ComparisonParts): Section[] {
  const names = columnNames(runs);
  const facts = (what: string, differences: readonly Difference[]): Table => ({
    header: [what, ...names],
    rows: differences.map(({ key, values }) => [key, ...differingPart(values)]),
  });
  const same = (what: string) => ({ title: `${what}: the same in all` });
  return [
    ...notes.map((title) => ({ title })),
    config.length > 0 ? { title: "configuration", table: facts("setting", config) } : same("configuration"),
    metrics.length > 0
      ? { title: "metrics", table: metricTable(names, metrics) }
      : { title: "metrics: none was measured" },
    ...(surroundings.length > 0 ? [{ title: "surroundings", table: facts("fact", surroundings) }] : []),
    ...(codeless.length > 0
      ? [{ title: `code: none was kept of ${codeless.map((run) => names[run]).join(", ")}` }]
      : []),
    ...(code.length > 0 ? codeSections(code, names) : codeless.length === 0 ? [same("code")] : []),
  ];
}

/** Runs of one name are told apart by their ids. */
function columnNames(runs: readonly RunRow[]): string[] {
  return runs.map(({ name, id }) =>
    runs.filter((run) => run.name === name).length > 1 ? `${name} ${id}` : name,
  );
}

function metricTable(names: readonly string[], metrics: readonly MetricComparison[]): Table {
  const change = names.length === 2;
  return {
    header: ["metric", "value", ...names, ...(change ? ["change"] : [])],
    rows: metrics.flatMap(({ metric, logged, direction, last, best }) => {
      const row = (what: string, values: readonly (number | undefined)[]) => [
        logged ? `${metric} (${logged.join(", ")})` : metric,
        what,
        ...values,
        ...(change ? [difference(values)] : []),
      ];
      const bestName = direction === "max" ? "largest" : "smallest";
      return best ? [row(bestName, best), row("last", last)] : [row("last", last)];
    }),
  };
}

function difference([from, to]: readonly (number | undefined)[]): number | undefined {
  return from === undefined || to === undefined ? undefined : to - from;
}

/** Of files that only one of two runs has their names are enough, in one line; then what changed in the others. */
function codeSections(code: readonly CodeDifference[], names: readonly string[]): Section[] {
  const [first = ""] = names;
  const others = [...new Set(code.map(({ run }) => run))];
  return others.flatMap((run) => {
    const other = names[run] ?? "";
    const own = code.filter((difference) => difference.run === run);
    const only = (whose: string, files: readonly string[]) => {
      const than = names.length > 2 ? `${whose} and not in ${whose === first ? other : first}` : whose;
      return files.length > 0 ? [{ title: `code, only in ${than}: ${files.join(", ")}` }] : [];
    };
    return [
      ...only(
        first,
        own.flatMap(({ from, to }) => (from !== undefined && to === undefined ? [from] : [])),
      ),
      ...only(
        other,
        own.flatMap(({ from, to }) => (from === undefined && to !== undefined ? [to] : [])),
      ),
      ...own.flatMap(({ from, to, lines }) =>
        from === undefined || to === undefined
          ? []
          : [{ title: `code, ${first} (${from}) → ${other} (${to})`, code: diffText(lines) }],
      ),
    ];
  });
}

function coloured(line: string): string {
  const text = escapeHtml(line);
  if (line.startsWith("+")) return `<span style="${readableColour("#1a7f37")}">${text}</span>`;
  return line.startsWith("-") ? `<span style="${readableColour("#cf222e")}">${text}</span>` : text;
}
