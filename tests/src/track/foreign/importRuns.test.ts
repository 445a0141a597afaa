import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { bestRuns } from "../../../../src/track/bestRuns.js";
import { eventFiles } from "../../../../src/track/eventFiles.js";
import { importRuns } from "../../../../src/track/foreign/importRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { resumeRun } from "../../../../src/track/resumeRun.js";
import { readRun } from "../../../../src/track/runReader.js";
import { runs } from "../../../../src/track/runs.js";
import { frameRecord, headerBytes, readRecord } from "../../../../src/track/tfRecord.js";
import { smallDisk } from "../smallDisk.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { logWriter } from "./logWriter.js";

const root = join(import.meta.dirname, "../../../..");
const logs = join(root, "tests/oracles/tensorboard/logs");

test("logs become runs of ours with every point, that tell where they came from and can be resumed", () => {
  const dir = temporaryFolder();
  const before = readdirSync(logs, { recursive: true });
  const made = importRuns(logs, { dir });
  expect(made).toHaveLength(6);
  for (const one of made) {
    const { record, scalars, histograms, status } = readRun(one);
    const source = readRun(record.importedFrom ?? "");
    expect(record).toMatchObject({
      name: relative(logs, source.dir),
      group: "logs",
      config: source.record.config,
    });
    expect(status).toBe("finished");
    expect(scalars).toEqual(source.scalars);
    expect(histograms).toEqual(source.histograms);
  }
  // JSON keeps the sign of no 0; its text is the same.
  const plain = (metrics: object) => JSON.parse(JSON.stringify(metrics)) as object;
  const listed = (options: object) =>
    runs(options).rows.map(({ name, metrics, createdAt, duration }) => ({
      name,
      metrics: plain(metrics),
      createdAt,
      duration: duration.toFixed(2),
    }));
  expect(listed({ dir, sort: "name" })).toEqual(listed({ dir: logs, sort: "name" }));
  const [first = ""] = made;
  const resumed = resumeRun(first);
  resumed.log({ more: 1 }, 100);
  resumed.finish();
  expect(readRun(first).scalars.get("more")?.values).toEqual(Float64Array.of(1));
  expect(readdirSync(logs, { recursive: true })).toEqual(before);
});

test("times that are none end no import, and no run lasts for them", () => {
  for (const wrong of [1e20, Number.NaN, Number.POSITIVE_INFINITY, -1]) {
    const root = temporaryFolder();
    const own = openRun({ name: "x", dir: root, sources: [], clock: { wallTime: () => 1.7e9 } });
    own.log({ loss: 1 }, 0);
    own.log({ loss: 2 }, 1);
    own.finish();
    const file = join(root, "logs", "events.out.tfevents.1.host");
    mkdirSync(join(root, "logs"));
    writeFileSync(file, withLastTime(readFileSync(eventFiles(own.dir)[0]!), wrong));
    expect(readRun(join(root, "logs")).scalars.get("loss")?.wallTimes).toEqual(Float64Array.of(1.7e9, wrong));
    expect(runs({ dir: join(root, "logs") }).rows[0]?.duration).toBe(0);
    const [made = ""] = importRuns(join(root, "logs"), { dir: join(root, "made") });
    expect(readRun(made).record).toMatchObject({ finishedAt: "2023-11-14T22:13:20.000Z" });
  }
});

/** The events, of which the last with the tag `loss` has another wall time (field 1, a double, is written first). */
function withLastTime(bytes: Buffer, wallTime: number): Buffer {
  let last: { start: number; end: number } | undefined;
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at);
    if (record.kind !== "record") throw new Error(`a record that was just written is ${record.kind}`);
    if (bytes.subarray(record.start, record.end).includes("loss")) last = record;
    at = record.next;
  }
  const { start, end } = last!;
  expect(bytes[start]).toBe(0x09);
  bytes.writeDoubleLE(wallTime, start + 1);
  frameRecord(bytes, start - headerBytes, end - start);
  return bytes;
}

test("an import that fails leaves no folder behind", (context) => {
  const disk = smallDisk(context, "size=64k");
  const dir = join(disk, "made");
  const logs = temporaryFolder();
  const own = openRun({ name: "x", dir: temporaryFolder(), sources: [] });
  for (let step = 0; step < 5000; step++) own.log({ loss: step }, step);
  own.finish();
  copyFileSync(eventFiles(own.dir)[0]!, join(logs, "events.out.tfevents.1.host"));
  expect(() => importRuns(logs, { dir })).toThrow("ENOSPC");
  expect(readdirSync(dir)).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "what is no log or cannot be read is named, the rest imported",
  () => {
    const dir = temporaryFolder();
    const source = join(temporaryFolder(), "logs");
    cpSync(join(logs, "tensorboardX"), source, { recursive: true });
    const name = "events.out.tfevents.5.host";
    for (const folder of ["broken", "empty", "gone", "pipe"]) mkdirSync(join(source, folder));
    symlinkSync(join(source, "nowhere"), join(source, "gone", name));
    symlinkSync(join(source, "nowhere"), join(source, "hp", name));
    writeFileSync(join(source, "empty", name), "");
    writeFileSync(join(source, "broken", name), "no events at all");
    // Whoever opened it would wait for ever.
    spawnSync("mkfifo", [join(source, "pipe", name)]);
    spawnSync("mkfifo", [join(source, name)]);
    const problems: string[] = [];
    const made = importRuns(source, { dir, onProblem: (sentence) => problems.push(sentence) });
    expect(made.map((one) => readRun(one).record.name).sort()).toEqual(["hp", "logs"]);
    expect(readdirSync(dir)).toHaveLength(2);
    const gone = (folder: string) =>
      `import ${join(source, folder)}: ${name}: ENOENT: no such file or directory, open '${join(source, folder, name)}'`;
    const without = (folder: string) =>
      `import ${join(source, folder)}: 1 file without an event is left out: ${name}`;
    expect(problems).toEqual([
      expect.stringMatching(/broken: events.out.tfevents.5.host: 16 bytes are left out/),
      without("broken"),
      without("empty"),
      gone("gone"),
      gone("hp"),
    ]);
    const bin = join(root, "bin/tunelab.mjs");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, "import", source, "--dir", `${dir}/cli`],
      {
        encoding: "utf8",
      },
    );
    expect([status, stdout.trim().split("\n").length]).toEqual([1, 2]);
    expect(
      stderr
        .trim()
        .split("\n")
        .map((line) => line.replace(/^tunelab: /, "")),
    ).toEqual(problems);
  },
);

test("what was imported before is renewed in its place, unless it was resumed since", () => {
  const dir = temporaryFolder();
  const source = join(temporaryFolder(), "klogs");
  cpSync(join(logs, "keras"), source, { recursive: true });
  const said: string[] = [];
  const importAgain = (options = {}) =>
    importRuns(source, { dir, say: (one) => void said.push(one), ...options });
  const [first = ""] = importAgain({ group: "mine" });
  const file = join(first, "run.json");
  const record = { ...readRun(first).record, notes: "why", tags: ["kept"] };
  writeFileSync(file, JSON.stringify(record));

  const train = join(source, "train");
  const [log = ""] = readdirSync(train);
  const more = openRun({ name: "x", dir: temporaryFolder(), sources: [] });
  more.log({ added: 7 }, 3);
  more.finish();
  const [added = ""] = eventFiles(more.dir);
  copyFileSync(added, join(train, `${log}.1`));
  expect(importAgain()).toEqual([first]);
  expect(said).toEqual([`run ${record.id}, made of ${source} before, is renewed in its place`]);
  const renewed = readRun(first);
  expect(renewed.scalars).toEqual(readRun(source).scalars);
  expect(renewed.scalars.get("train/added")?.values).toEqual(Float64Array.of(7));
  expect(renewed.record).toMatchObject({ id: record.id, group: "mine", notes: "why", tags: ["kept"] });
  expect(runs({ dir }).rows.map(({ metrics }) => metrics["train/added"])).toEqual([7]);

  resumeRun(first).finish();
  const again = importAgain();
  expect(again).not.toEqual([first]);
  expect(said.at(-1)).toBe(
    `${source} is imported once more: run ${record.id}, made of it before, was resumed and stays`,
  );
  expect(importAgain()).toEqual(again);
  expect(runs({ dir }).rows).toHaveLength(2);
});

test("of logs that were trained anew none of the training before stays, in a part's folder either", () => {
  const dir = temporaryFolder();
  const source = join(temporaryFolder(), "logs");
  let seconds = 1.7e9;
  const train = (folder: string, values: number[], beside = {}) => {
    const writer = logWriter(join(source, folder), () => seconds++);
    values.forEach((value, step) => {
      writer.scalars({ loss: value, ...beside }, step);
    });
    writer.close();
  };
  const importAgain = () => importRuns(source, { dir, say: () => {} });
  train("train", [4, 3, 2, 1], { lr: 0.1 });
  train("val", [5, 4]);
  train("test", [6]);
  const made = importAgain();
  rmSync(source, { recursive: true });
  train("train", [9, 8]);
  train("val", [7]);
  expect(importAgain()).toEqual(made);
  const { scalars } = readRun(made[0]!);
  expect(scalars).toEqual(readRun(source).scalars);
  expect([...scalars].map(([tag, { steps, values }]) => [tag, [...steps], [...values]])).toEqual([
    ["train/loss", [0, 1], [9, 8]],
    ["val/loss", [0], [7]],
  ]);
});

test.skipIf(process.platform === "win32")(
  "a file that cannot be read now keeps the copy of it that was made before",
  () => {
    const dir = temporaryFolder();
    const source = join(temporaryFolder(), "klogs");
    cpSync(join(logs, "keras"), source, { recursive: true });
    const made = importRuns(source, { dir });
    const before = readRun(made[0]!).scalars;
    const [name = ""] = readdirSync(join(source, "train"));
    rmSync(join(source, "train", name));
    symlinkSync(join(source, "nowhere"), join(source, "train", name));
    const problems: string[] = [];
    expect(importRuns(source, { dir, say: () => {}, onProblem: (one) => void problems.push(one) })).toEqual(
      made,
    );
    expect(problems).toEqual([expect.stringContaining("ENOENT")]);
    expect(readRun(made[0]!).scalars).toEqual(before);
  },
);

test("what usual names are made of a run's series follows them when it was resumed", () => {
  for (const end of ["finish", "leave"] as const) {
    const dir = temporaryFolder();
    const source = join(temporaryFolder(), "logs");
    const writer = logWriter(source);
    for (const [step, loss] of [0.9, 0.8].entries())
      writer.scalars({ train_loss: loss - 0.1, val_loss: loss }, step);
    writer.close();
    const [made = ""] = importRuns(source, { dir });
    expect(runs({ dir }).rows[0]?.metrics).toMatchObject({ val_loss: 0.8, valLoss: 0.8 });
    const other = openRun({ name: "ours", dir, sources: [] });
    other.log({ "epoch/valLoss": 0.5 }, 1);
    other.finish();

    const resumed = resumeRun(made);
    resumed.log({ train_loss: 0.4, val_loss: 0.45 });
    if (end === "finish") resumed.finish();
    expect(runs({ dir, where: "train_loss > 0" }).rows[0]?.metrics).toMatchObject({
      val_loss: 0.45,
      valLoss: 0.45,
      loss: 0.4,
    });
    expect(bestRuns("valLoss", { dir }).rows.map(({ run, value, step }) => [run.id, value, step])).toEqual([
      [resumed.id, 0.45, 3],
      [other.id, 0.5, 1],
    ]);
    resumed.finish();
    expect(Object.keys(resumed.record.summary).sort()).toEqual(["train_loss", "val_loss"]);
  }
});

test("a folder of logs goes before the runs that were imported of it and are called so, and that is said", () => {
  const dir = temporaryFolder();
  const folder = temporaryFolder();
  cpSync(join(logs, "keras"), join(folder, "klogs"), { recursive: true });
  const bin = join(root, "bin/tunelab.mjs");
  const tunelab = (...words: string[]) =>
    spawnSync(process.execPath, [bin, ...words, "--dir", dir], { encoding: "utf8", cwd: folder });
  const imported = tunelab("import", "klogs").stdout.trim();
  const listed = tunelab("runs", "klogs", "--json");
  expect((JSON.parse(listed.stdout) as { dir: string }[]).map((row) => row.dir)).toEqual([
    join(folder, "klogs"),
  ]);
  expect(listed.stderr).toBe(
    `tunelab: "klogs" means the folder ${join(folder, "klogs")}; a run is called so too, and asked for by id: ${readRun(imported).record.id}\n`,
  );
});

test("a folder without event files is refused, also on the command line", () => {
  const dir = temporaryFolder();
  const none = temporaryFolder();
  expect(() => importRuns(none, { dir })).toThrow("event files of another program must be in it or below it");
  expect(() => importRuns(join(none, "gone"), { dir })).toThrow("must be a folder of logs; nothing is there");
  writeFileSync(join(none, "file"), "");
  expect(() => importRuns(join(none, "file"), { dir })).toThrow("must be a folder of logs; it is a file");
  expect(() => importRuns(join(none, "file/x"), { dir })).toThrow(
    "it must be a folder of logs; nothing is there",
  );
  const bin = join(root, "bin/tunelab.mjs");
  const tunelab = (...words: string[]) =>
    spawnSync(process.execPath, [bin, "import", ...words, "--dir", dir], { encoding: "utf8" });
  expect(tunelab(none)).toMatchObject({ status: 1, stdout: "" });
  const { status, stdout } = tunelab(join(logs, "keras"), "--group", "g");
  expect(status).toBe(0);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((path) => readRun(path).record),
  ).toMatchObject([{ name: "keras", group: "g" }]);
});
