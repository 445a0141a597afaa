import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EventFileReader } from "../../../src/track/eventFileReader.js";
import { eventFiles } from "../../../src/track/eventFiles.js";
import { EventSink } from "../../../src/track/eventSink.js";
import { temporaryFolder } from "./temporaryFolder.js";

const library = join(import.meta.dirname, "../../../dist/src/track");

/**
 * Writes points under a limit of the file size (RLIMIT_FSIZE, as a full disk refuses them in the middle of a
 * record); after some the limit is lifted. Prints what was told.
 */
const writer = `
import { spawnSync } from "node:child_process";
import { EventWriter } from ${JSON.stringify(join(library, "eventWriter.js"))};
process.on("SIGXFSZ", () => {});
let time = 1.7e9;
const told = [];
const writer = new EventWriter(process.argv[1], { clock: { wallTime: () => (time += 0.01) }, onProblem: (text) => told.push(text) });
const limit = (bytes) => {
  const done = spawnSync("prlimit", ["--pid", String(process.pid), "--fsize=" + bytes + ":unlimited"]);
  if (done.status !== 0) throw new Error(String(done.stderr ?? done.error));
};
limit(5000);
for (let step = 0; step < 1000; step++) {
  if (step === 600) limit(process.argv[2] === "lift" ? "unlimited" : 10);
  if (step === 99 && process.argv[2] !== "lift") limit(10);
  writer.scalars({ loss: step / 3 }, step);
}
writer.close();
console.log(JSON.stringify(told));
`;

function write({ lift }: { lift: boolean }): { folder: string; told: string[] } {
  const folder = temporaryFolder();
  const words = ["--input-type=module", "-e", writer, folder, lift ? "lift" : "never"];
  const result = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect(result.status, result.stderr).toBe(0);
  return { folder, told: JSON.parse(result.stdout) as string[] };
}

function readAll(folder: string) {
  const sink = new EventSink();
  const readers = eventFiles(folder).map((path) => new EventFileReader(path, path, sink));
  for (const reader of readers) reader.refresh();
  const series = sink.scalars.get("loss")!.series();
  return {
    steps: [...series.steps],
    values: [...series.values],
    problems: readers.flatMap(({ problems }) => problems),
  };
}

describe("a disk that refuses", () => {
  test("in the middle of a record and takes them again later loses no point, and is told once each", () => {
    const { folder, told } = write({ lift: true });
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/stopped: .*Training goes on; points are kept in memory/);
    expect(told[1]).toMatch(/goes on: nothing was lost/);
    const { steps, values, problems } = readAll(folder);
    expect(steps).toEqual(Array.from({ length: 1000 }, (_, step) => step));
    expect(values).toEqual(steps.map((step) => step / 3));
    for (const { kind } of problems) expect(kind).toBe("truncated");
  });

  test("for good is told when the run ends, with the number of records lost, and leaves no empty files", () => {
    const { folder, told } = write({ lift: false });
    expect(told).toHaveLength(2);
    const lost = Number(/ended: (\d+) records were lost/.exec(told[1]!)?.[1]);
    const { steps, values } = readAll(folder);
    expect(steps).toEqual(Array.from({ length: 1000 - lost }, (_, step) => step));
    expect(values).toEqual(steps.map((step) => step / 3));
    expect(lost).toBeGreaterThan(800);
    expect(eventFiles(folder)).toHaveLength(1);
  });
});
