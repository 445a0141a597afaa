/**
 * Runs as one Parquet file, a row for each point: `run`, `id`, `tag` (texts), `step` (int64), `wallTime` (seconds since 1970)
 * and `value` (float64). What a table has not is in the file's metadata under `tunelab`: configuration, status, seed of each
 * run, as JSON.
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportedRun } from "./exportedRun.js";

/** A row group's: as many as hold in memory with ease, and enough for columns to compress. */
const rowsAtOnce = 2 ** 17;

const text = { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" } as const;
const required = { repetition_type: "REQUIRED" } as const;
const schema = [
  { name: "root", num_children: 6 },
  { name: "run", ...text },
  { name: "id", ...text },
  { name: "tag", ...text },
  { name: "step", type: "INT64" as const, ...required },
  { name: "wallTime", type: "DOUBLE" as const, ...required },
  { name: "value", type: "DOUBLE" as const, ...required },
];

interface Rows {
  readonly run: string[];
  readonly id: string[];
  readonly tag: string[];
  readonly step: bigint[];
  readonly wallTime: number[];
  readonly value: number[];
}

/** The file is there whole or not at all. */
export async function writeParquet(file: string, runs: readonly ExportedRun[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    const writer = new ParquetWriter({
      writer: fileWriter(temporary),
      schema,
      createdBy: "tunelab",
      kvMetadata: [{ key: "tunelab", value: JSON.stringify(runs.map(({ row }) => factsOf(row))) }],
    });
    for (const rows of rowGroups(runs))
      await writer.write({ columnData: columnsOf(rows), rowGroupSize: rowsAtOnce });
    await writer.finish();
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function factsOf({ dir: _, metrics: __, ...facts }: ExportedRun["row"]): object {
  return facts;
}

function columnsOf(rows: Rows) {
  return Object.entries(rows).map(([name, data]) => ({ name, data: data as string[], nullable: false }));
}

function* rowGroups(runs: readonly ExportedRun[]): Generator<Rows> {
  let rows = noRows();
  for (const { row, scalars } of runs) {
    for (const [tag, { steps, wallTimes, values }] of scalars) {
      for (let i = 0; i < values.length; i++) {
        rows.run.push(row.name);
        rows.id.push(row.id);
        rows.tag.push(tag);
        rows.step.push(BigInt(steps[i]!));
        rows.wallTime.push(wallTimes[i]!);
        rows.value.push(values[i]!);
        if (rows.value.length < rowsAtOnce) continue;
        yield rows;
        rows = noRows();
      }
    }
  }
  if (rows.value.length > 0) yield rows;
}

function noRows(): Rows {
  return { run: [], id: [], tag: [], step: [], wallTime: [], value: [] };
}
