import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { EventFileReader } from "../../../src/track/eventFileReader.js";
import { eventFiles } from "../../../src/track/eventFiles.js";
import { EventSink } from "../../../src/track/eventSink.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

const mutations = 10_000;
const points = 60;
const histogram = {
  edges: Float64Array.from({ length: 31 }, (_, i) => i / 7),
  counts: new Float64Array(30).fill(3),
};
const random = xoroshiro128plus(6);
const below = (n: number) => uniformInt(random, 0, n - 1);
const noise = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));

const changes: Record<string, (whole: Buffer) => Buffer> = {
  bits: (whole) => {
    const bytes = Buffer.from(whole);
    for (let n = 1 + below(4); n > 0; n--) bytes[below(bytes.length)]! ^= 1 << below(8);
    return bytes;
  },
  cut: (whole) => whole.subarray(0, below(whole.length)),
  overwritten: (whole) => replaced(whole, noise),
  zeroed: (whole) => replaced(whole, (length) => Buffer.alloc(length)),
  removed: (whole) => replaced(whole, () => Buffer.alloc(0)),
  inserted: (whole) => {
    const at = below(whole.length);
    return Buffer.concat([whole.subarray(0, at), noise(1 + below(200)), whole.subarray(at)]);
  },
};

function replaced(whole: Buffer, by: (length: number) => Buffer): Buffer {
  const from = below(whole.length);
  const to = Math.min(whole.length, from + 1 + below(400));
  return Buffer.concat([whole.subarray(0, from), by(to - from), whole.subarray(to)]);
}

interface WrittenRecord {
  readonly bytes: Buffer;
  /** Of the point that it holds. */
  readonly step: number | undefined;
  readonly isHistogram: boolean;
}

/** The records of a file of points, with a histogram of some hundred bytes now and then. */
function written(): WrittenRecord[] {
  const run = openRun({ dir: temporaryFolder(), sources: [], system: false, output: false });
  const expected: Omit<WrittenRecord, "bytes">[] = [];
  for (let step = 0; step < points; step++) {
    run.log({ "train/loss": step / 7, "train/step": step }, step);
    expected.push({ step, isHistogram: false });
    if (step % 20 !== 10) continue;
    run.histogram("weights/dense", histogram, step);
    expected.push({ step: undefined, isHistogram: true });
  }
  run.finish();
  const none = { step: undefined, isHistogram: false };
  // Version and start of the session stand before them, its end behind.
  const all = [none, none, ...expected, none];
  const records = recordsOf(readFileSync(eventFiles(run.dir)[0]!));
  expect(records).toHaveLength(all.length);
  return records.map((bytes, i) => ({ bytes, ...all[i]! }));
}

/** By the length fields alone: 12 bytes stand before the data, 4 behind. */
function recordsOf(whole: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < whole.length; ) {
    const end = at + 16 + whole.readUInt32LE(at);
    records.push(whole.subarray(at, end));
    at = end;
  }
  return records;
}

function read(bytes: Buffer, path: string) {
  writeFileSync(path, bytes);
  const sink = new EventSink();
  const reader = new EventFileReader(path, "events", sink);
  reader.refresh();
  rmSync(path);
  const { steps = [], values = [] } = sink.scalars.get("train/loss")?.series() ?? {};
  const histograms = sink.histograms.get("weights/dense") ?? [];
  return { steps: [...steps], values, histograms, problems: reader.problems };
}

test(`of ${mutations} broken files each whole record is kept, no value is wrong, and what is broken is named`, {
  timeout: 900_000,
}, () => {
  const records = written();
  const whole = Buffer.concat(records.map(({ bytes }) => bytes));
  const folder = temporaryFolder();
  const names = Object.keys(changes);
  for (let n = 0; n < mutations; n++) {
    const name = names[n % names.length]!;
    const bytes = changes[name]!(whole);
    const kept = records.filter((record) => bytes.includes(record.bytes));
    const said = `mutation ${n}: ${name}`;
    const { steps, values, histograms, problems } = read(
      bytes,
      join(folder, "events.out.tfevents.1.test.1.0"),
    );

    expect(steps, said).toEqual(kept.flatMap(({ step }) => step ?? []));
    steps.forEach((step, i) => {
      if (values[i] !== step / 7) expect.fail(`${said}: step ${step} has ${values[i]}`);
    });
    expect(histograms.length, said).toBe(kept.filter(({ isHistogram }) => isHistogram).length);
    for (const point of histograms) expect(point.histogram).toEqual(histogram);

    const isAllWhole = kept.reduce((sum, record) => sum + record.bytes.length, 0) === bytes.length;
    expect(problems.length > 0, `${said} is told`).toBe(!isAllWhole);
    for (const { file, offset, message } of problems) {
      expect(file).toBe("events");
      expect(offset).toBeLessThan(bytes.length);
      expect(message).not.toBe("");
    }
  }
});
