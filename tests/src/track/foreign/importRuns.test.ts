import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { importRuns } from "../../../../src/track/foreign/importRuns.js";
import { resumeRun } from "../../../../src/track/resumeRun.js";
import { readRun } from "../../../../src/track/runReader.js";
import { runs } from "../../../../src/track/runs.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = join(import.meta.dirname, "../../../..");
const logs = join(root, "tests/oracles/tensorboard/logs");

test("logs become runs of ours with every point, that tell where they came from and can be resumed", () => {
  const dir = temporaryFolder();
  const before = readdirSync(logs, { recursive: true });
  const made = importRuns(logs, { dir });
  expect(made).toHaveLength(9);
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

test("a folder without event files is refused, also on the command line", () => {
  const dir = temporaryFolder();
  const none = temporaryFolder();
  expect(() => importRuns(none, { dir })).toThrow(RangeError);
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
  ).toMatchObject([
    { name: "train", group: "g" },
    { name: "validation", group: "g" },
  ]);
});
