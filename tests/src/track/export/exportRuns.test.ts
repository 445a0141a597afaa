/** Exports against readers of other programs: Python's csv and json modules, TensorBoard's reader, hyparquet. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { maskedCrc32c } from "../../../../src/track/crc32c.js";
import { eventFiles } from "../../../../src/track/eventFiles.js";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import type { RunData } from "../../../../src/track/runData.js";
import { noMedia } from "../../../../src/track/runMedia.js";
import { readRun } from "../../../../src/track/runReader.js";
import { readRecord } from "../../../../src/track/tfRecord.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { awkward, awkwardRuns, bits, readers } from "./awkwardRuns.js";

const root = join(import.meta.dirname, "../../../..");
const python = join(root, ".venv-test/bin/python");

function python3<T>(script: string, ...words: string[]): T {
  if (!existsSync(python)) throw new Error(`this test needs ${python}`);
  const { status, stdout, stderr } = spawnSync(python, [script, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Every point of a run, in the order of an export. */
function points({ scalars }: RunData): [tag: string, step: number, wallTime: number, value: number][] {
  return [...scalars].flatMap(([tag, { steps, wallTimes, values }]) =>
    Array.from(steps, (step, i): [string, number, number, number] => [tag, step, wallTimes[i]!, values[i]!]),
  );
}

interface CsvSeen {
  header: string[];
  rows: string[][];
  bits: string[][];
}

describe("CSV", () => {
  test("has every point with all of its digits, and no cell that a spreadsheet would run", async () => {
    const dir = temporaryFolder();
    const { odd, plain } = awkwardRuns(dir);
    const out = join(dir, "new", "runs.csv");
    expect(await exportRuns("*", { to: "csv", out, dir })).toEqual([out]);
    const seen = python3<CsvSeen>(readers, "csv", out);
    expect(seen.header).toEqual(["run", "id", "tag", "step", "wallTime", "value"]);
    const safe = (text: string) => (/^[=@]/.test(text) ? `'${text}` : text);
    expect(seen.bits).toEqual(
      [odd, plain].flatMap((run) =>
        points(run).map(([tag, step, time, value]) => [
          safe(run.record.name),
          // An id of digits alone is a number to Python.
          expect.any(String),
          safe(tag),
          bits(step),
          bits(time),
          bits(value),
        ]),
      ),
    );
    expect(seen.rows.map(([, id]) => id)).toEqual([
      ...points(odd).map(() => odd.record.id),
      ...points(plain).map(() => plain.record.id),
    ]);
    const text = readFileSync(out, "utf8");
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text).toContain(`"'=cmd|""x"",\r\n<b>größe"`);
  });

  test("wide has a line for each step, and a further one where a step was repeated", async () => {
    const dir = temporaryFolder();
    const { odd, plain } = awkwardRuns(dir);
    const out = join(dir, "wide.csv");
    await exportRuns("*", { to: "csv", out, dir, wide: true, raw: true });
    const seen = python3<CsvSeen>(readers, "csv", out);
    expect(seen.header).toEqual([
      "run",
      "id",
      "step",
      "wallTime",
      "train/loss",
      "@odd, tag",
      "epoch/valAccuracy",
      "tag:step",
    ]);
    const values = seen.bits.map(([, , step, , ...cells]) => [step, ...cells]);
    const expected = awkward.map((value, step) => [bits(step), bits(value), bits(step / 7), "", ""]);
    expected.splice(4, 0, [bits(3), bits(0.5), "", "", ""]);
    expected.push([bits(2 ** 40), "", "", bits(0.75), bits(2 ** 40)], [bits(0), bits(1), "", "", ""]);
    expect(values).toEqual(expected);
    expect(seen.rows.map(([name]) => name)).toEqual([...Array(14).fill(odd.record.name), plain.record.name]);
    const [first] = odd.scalars.get("train/loss")!.wallTimes;
    expect(seen.bits[0]?.[3]).toBe(bits(first!));
  });

  test("has only the tags that are wanted", async () => {
    const dir = temporaryFolder();
    awkwardRuns(dir);
    const out = join(dir, "some.csv");
    await exportRuns("*", { to: "csv", out, dir, tags: "^epoch/" });
    expect(python3<CsvSeen>(readers, "csv", out).rows.map((row) => row[2])).toEqual(["epoch/valAccuracy"]);
  });
});

test("JSON has every value, NaN and infinities as texts, and the histograms", async () => {
  const dir = temporaryFolder();
  const { odd, plain } = awkwardRuns(dir);
  const out = join(dir, "runs.json");
  await exportRuns("*", { to: "json", out, dir });
  const seen = python3<
    { name: string; scalars: Record<string, unknown[]>; histograms: object; config: object }[]
  >(readers, "json", out);
  expect(seen.map(({ name }) => name)).toEqual([odd.record.name, plain.record.name]);
  expect(seen[0]?.config).toEqual({ lr: 0.1, net: { hidden: [8, 4], drop: true }, wild: "NaN" });
  for (const [i, run] of [odd, plain].entries()) {
    const flat = Object.entries(seen[i]!.scalars).flatMap(([tag, rows]) =>
      rows.map((row) => [tag, ...(row as unknown[])]),
    );
    expect(flat).toEqual(points(run).map(([tag, step, time, value]) => [tag, step, bits(time), bits(value)]));
  }
  const wallTime = odd.histograms.get("weights/a")?.[0]?.wallTime;
  expect(seen[0]?.histograms).toEqual({
    "weights/a": [{ step: 2, wallTime, edges: [-1, 0, 0.5], counts: [3, 4] }],
  });
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
    schemaVersion: 1,
    runs: [
      { status: "finished", seed: 7, tags: ["a", "b"], metrics: { valAccuracy: 0.75 } },
      { status: "failed" },
    ],
  });
});

test("Parquet has every point with its type, and what a table has not in the metadata", async () => {
  const dir = temporaryFolder();
  const { odd, plain } = awkwardRuns(dir);
  const out = join(dir, "new", "runs.parquet");
  expect(await exportRuns("*", { to: "parquet", out, dir })).toEqual([out]);
  const file = await asyncBufferFromFile(out);
  const rows = await parquetReadObjects({ file });
  const seen = rows.map((row) => [
    row.run,
    row.id,
    row.tag,
    row.step,
    bits(row.wallTime as number),
    bits(row.value as number),
  ]);
  expect(seen).toEqual(
    [odd, plain].flatMap((run) =>
      points(run).map(([tag, step, time, value]) => [
        run.record.name,
        run.record.id,
        tag,
        BigInt(step),
        bits(time),
        bits(value),
      ]),
    ),
  );
  const { key_value_metadata: metadata } = await parquetMetadataAsync(file);
  const facts = JSON.parse(metadata?.find(({ key }) => key === "tunelab")?.value ?? "") as object;
  expect(facts).toMatchObject([
    { name: odd.record.name, seed: 7, config: { lr: 0.1 } },
    { status: "failed" },
  ]);
  expect(readdirSync(join(dir, "new"))).toEqual(["runs.parquet"]);
});

test("Parquet holds more points than a row group", async () => {
  const dir = temporaryFolder();
  const { oddDir } = awkwardRuns(dir);
  const run = readRun(oddDir);
  const many = 2 ** 17 + 5;
  const series = {
    steps: new Float64Array(many).map((_, i) => i),
    wallTimes: new Float64Array(many),
    values: new Float64Array(many).map((_, i) => i / 3),
  };
  const { writeParquet } = await import("../../../../src/track/export/parquet.js");
  const { readRow } = await import("../../../../src/track/runRow.js");
  const out = join(dir, "many.parquet");
  await writeParquet(out, [
    {
      data: run,
      row: readRow(oddDir),
      scalars: new Map([["x", series]]),
      histograms: new Map(),
      media: noMedia,
      artifacts: [],
    },
  ]);
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(out), columns: ["step", "value"] });
  expect(rows).toHaveLength(many);
  expect(rows.every(({ step, value }, i) => step === BigInt(i) && value === i / 3)).toBe(true);
});

describe("TensorBoard's logs", () => {
  interface Seen {
    runs: Record<
      string,
      { scalars: Record<string, [number, number, unknown][]>; histograms: Record<string, unknown[]> }
    >;
    groups: unknown[];
  }
  const script = join(root, "tests/oracles/tensorboard/read_logdir.py");

  test("hold what is wanted, exactly, without torn ends and broken records", async () => {
    const dir = temporaryFolder();
    const { oddDir, odd } = awkwardRuns(dir);
    const [name = ""] = readdirSync(join(oddDir, "main"));
    const source = join(oddDir, "main", name);
    writeFileSync(source, Buffer.concat([readFileSync(source), Buffer.of(24, 0, 0)]));
    const out = join(dir, "logs");
    const [target = ""] = await exportRuns([{ dir: oddDir }], {
      to: "tensorboard",
      out,
      dir,
      tags: "^(train|weights)/",
    });
    expect(target).toBe(join(out, basename(oddDir)));
    const seen = python3<Seen>(script, out).runs[`${basename(oddDir)}/main`]!;
    expect(Object.keys(seen.scalars)).toEqual(["train/loss"]);
    expect(Object.keys(seen.histograms)).toEqual(["weights/a"]);
    // The exact values went along, which TensorBoard does not read.
    const again = readRun(join(target, "main"));
    expect(again.problems).toEqual([]);
    expect(again.scalars.get("train/loss")).toEqual(odd.scalars.get("train/loss"));
    expect(again.record.config).toMatchObject({ lr: 0.1, "net.drop": true });
    await expect(exportRuns([{ dir: oddDir }], { to: "tensorboard", out, dir })).rejects.toThrow(
      `export runs to tensorboard: ${target} must not be there yet`,
    );
  });

  test("hold every good record behind a torn one", async () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "torn", dir, sources: [] });
    for (let step = 0; step < 50; step++) run.log({ loss: step / 7 }, step);
    run.finish();
    const [file = ""] = eventFiles(run.dir);
    const bytes = readFileSync(file);
    let at = 0;
    for (let records = 0; records < 7; records++) at = (readRecord(bytes, at) as { next: number }).next;
    // Written over what was there: a header, valid in itself, of a record longer than the file.
    bytes.writeUInt32LE(2 * bytes.length, at);
    bytes.writeUInt32LE(maskedCrc32c(bytes, at, at + 8), at + 8);
    writeFileSync(file, bytes);
    const before = readRun(run.dir);
    expect(before.scalars.get("loss")?.values).toHaveLength(49);
    const out = join(dir, "logs");
    const [target = ""] = await exportRuns([{ dir: run.dir }], { to: "tensorboard", out, dir });
    const after = readRun(join(target, "main"));
    expect(after.scalars).toEqual(before.scalars);
    expect(after.problems).toEqual([]);
    const seen = python3<Seen>(script, out).runs[`${basename(run.dir)}/main`]!;
    const { steps } = before.scalars.get("loss")!;
    expect(seen.scalars.loss?.map(([step]) => step)).toEqual([...steps]);
  });

  test("may lie in each other, whichever is the older; what is there already stays as it is", async () => {
    const dir = temporaryFolder();
    const logs = join(dir, "logs");
    let time = 1.7e9;
    for (const name of ["a/b/c", "a/b", "a"]) {
      const run = openRun({ name: "x", dir, sources: [], clock: { wallTime: () => (time += 1) } });
      run.log({ loss: time }, 0);
      run.finish();
      mkdirSync(join(logs, name), { recursive: true });
      copyFileSync(eventFiles(run.dir)[0]!, join(logs, name, "events.out.tfevents.1.host"));
    }
    const out = join(dir, "out");
    const targets = await exportRuns("*", { to: "tensorboard", out, dir: logs });
    expect(targets).toEqual(["a/b/c", "a/b", "a"].map((name) => join(out, name)));
    expect(python3<Seen>(script, out)).toEqual(python3<Seen>(script, logs));
    const there = join(dir, "there");
    mkdirSync(join(there, "a/b"), { recursive: true });
    await expect(exportRuns("*", { to: "tensorboard", out: there, dir: logs })).rejects.toThrow(
      "must not be there yet",
    );
    expect(eventFiles(there)).toEqual([]);
  });

  test("of other programs' runs keep their paths", async () => {
    const logs = join(root, "tests/oracles/tensorboard/logs");
    const out = join(temporaryFolder(), "copy");
    await exportRuns("*", { to: "tensorboard", out, dir: logs });
    const before = python3<Seen>(script, logs);
    expect(python3<Seen>(script, out)).toEqual(before);
    expect(Object.keys(before.runs)).toHaveLength(9);
  });
});

test("what cannot be exported is refused before anything is written", async () => {
  const dir = temporaryFolder();
  awkwardRuns(dir);
  const out = join(dir, "x");
  const refused = (options: object) =>
    exportRuns("plain", { dir, out, ...options } as never).then(String, String);
  expect(await refused({ to: "cvs" })).toMatch(/RangeError: .* got "cvs", the nearest is csv$/);
  expect(await refused({ to: "csv", tags: "(" })).toMatch(/SyntaxError: export runs: tags must be/);
  expect(await refused({ to: "csv", out: "" })).toMatch(/TypeError: export runs: out must be the path/);
  expect(await refused({ to: "json", wide: true })).toMatch(/RangeError: .* csv only; got json$/);
  await expect(exportRuns("nothing*", { to: "csv", out, dir })).rejects.toThrow("nothing* means none");
  expect(await refused({ to: "csv", tags: "^tarin/" })).toBe(
    "RangeError: export runs: tags must be found in a run's; /^tarin\\//iu is in none of 1 tag; the nearest are train/loss",
  );
  expect(await refused({ to: "csv", tags: "nosuch" })).toMatch(
    /\/nosuch\/iu is in none of 1 tag; none is near; there are train\/loss$/,
  );
  writeFileSync(out, "");
  for (const to of ["tensorboard", "wandb"])
    expect(await refused({ to })).toBe(
      `RangeError: export runs to ${to}: ${out} must be a folder, and is a file`,
    );
  rmSync(out);
  spawnSync("mkfifo", [out]);
  expect(await refused({ to: "csv" })).toBe(
    `RangeError: export runs to csv: ${out} must be a file, and is a device or pipe`,
  );
  rmSync(out);
  mkdirSync(out);
  for (const to of ["csv", "json", "parquet"])
    expect(await refused({ to })).toBe(
      `RangeError: export runs to ${to}: ${out} must be a file, and is a folder`,
    );
  expect(readdirSync(dir).filter((name) => name.includes(".tmp"))).toEqual([]);
});
