import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test, vi } from "vitest";
import { EventFileReader } from "../../../src/track/eventFileReader.js";
import { eventFiles } from "../../../src/track/eventFiles.js";
import { EventSink } from "../../../src/track/eventSink.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRecord } from "../../../src/track/tfRecord.js";
import { temporaryFolder } from "./temporaryFolder.js";

const disk = vi.hoisted(() => ({ fails: false }));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const readSync = (...args: Parameters<typeof real.readSync>) => {
    if (disk.fails) throw new Error("EIO: i/o error, read");
    return real.readSync(...args);
  };
  return { ...real, readSync };
});

const points = 200;

/** An event file with `points` scalars; its bytes, and where each record begins. */
let written: { bytes: Buffer; starts: number[] } | undefined;

function eventFile(): { bytes: Buffer; starts: number[] } {
  written ??= writeEventFile();
  return written;
}

function writeEventFile(): { bytes: Buffer; starts: number[] } {
  const run = openRun({ dir: temporaryFolder(), sources: [] });
  for (let step = 0; step < points; step++) run.log({ "train/loss": step / 7 }, step);
  run.finish();
  const bytes = readFileSync(eventFiles(run.dir)[0]!);
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const record = readRecord(bytes, at);
    if (record.kind !== "record") throw new Error(`the file written is ${record.kind} at ${at}`);
    starts.push(at);
    at = record.next;
  }
  return { bytes, starts };
}

function read(bytes: Uint8Array) {
  const path = join(temporaryFolder(), "events.out.tfevents.1.test.1.0");
  writeFileSync(path, bytes);
  const sink = new EventSink();
  const reader = new EventFileReader(path, "events", sink);
  reader.refresh();
  const series = sink.scalars.get("train/loss")?.series();
  return {
    steps: [...(series?.steps ?? [])],
    values: [...(series?.values ?? [])],
    problems: reader.problems,
  };
}

/** Version and session start stand before the points, session end behind them. */
const before = 2;

describe("a broken event file", () => {
  test("whole, it has every point and no problem", () => {
    const { bytes } = eventFile();
    const { steps, values, problems } = read(bytes);
    expect(steps).toEqual(Array.from({ length: points }, (_, step) => step));
    expect(values).toEqual(steps.map((step) => step / 7));
    expect(problems).toEqual([]);
  });

  test("with one flipped bit, anywhere, loses that record alone and names its place", () => {
    const { bytes, starts } = eventFile();
    const random = xoroshiro128plus(7);
    for (let n = 0; n < 400; n++) {
      const at = uniformInt(random, 0, bytes.length - 1);
      const broken = Buffer.from(bytes);
      broken[at]! ^= 1 << uniformInt(random, 0, 7);
      const record = starts.findLastIndex((start) => start <= at);
      const { steps, values, problems } = read(broken);
      expect(steps).toEqual(
        Array.from({ length: points }, (_, step) => step).filter((step) => step !== record - before),
      );
      expect(values).toEqual(steps.map((step) => step / 7));
      expect(problems).toMatchObject([{ file: "events", offset: starts[record], kind: "corrupt" }]);
    }
  });

  test("cut anywhere, keeps all before the cut and says that it is truncated", () => {
    const { bytes, starts } = eventFile();
    const random = xoroshiro128plus(8);
    for (let n = 0; n < 200; n++) {
      const length = uniformInt(random, 1, bytes.length - 1);
      const whole = starts.filter((_, i) => (starts[i + 1] ?? bytes.length) <= length).length;
      const { steps, problems } = read(bytes.subarray(0, length));
      expect(steps).toHaveLength(Math.min(points, Math.max(0, whole - before)));
      expect(problems).toMatchObject(
        starts.includes(length) ? [] : [{ offset: starts[whole], kind: "truncated" }],
      );
    }
  });

  test("with a stretch of zeros, as a crash of the machine leaves it, goes on behind it", () => {
    const { bytes, starts } = eventFile();
    const broken = Buffer.from(bytes);
    broken.fill(0, starts[50]! + 5, starts[60]! + 5);
    const { steps, problems } = read(broken);
    const lost = (step: number) => step + before >= 50 && step + before <= 60;
    expect(steps).toEqual(Array.from({ length: points }, (_, step) => step).filter((step) => !lost(step)));
    expect(problems[0]).toMatchObject({ offset: starts[50], kind: "corrupt" });
  });

  test("of noise, has no point and never throws", () => {
    const random = xoroshiro128plus(9);
    for (let n = 0; n < 50; n++) {
      const noise = Buffer.from(Array.from({ length: 300 }, () => uniformInt(random, 0, 255)));
      const { steps, problems } = read(noise);
      expect(steps).toEqual([]);
      expect(problems).toHaveLength(1);
    }
  });
});

describe("a growing event file", () => {
  test("is read on from where it stopped, whatever the pieces", () => {
    const { bytes, starts } = eventFile();
    const path = join(temporaryFolder(), "events.out.tfevents.1.test.1.0");
    const random = xoroshiro128plus(10);
    const sink = new EventSink();
    const reader = new EventFileReader(path, "events", sink);
    writeFileSync(path, "");
    for (let at = 0; at < bytes.length; ) {
      const next = Math.min(bytes.length, at + uniformInt(random, 1, 300));
      appendFileSync(path, bytes.subarray(at, next));
      at = next;
      expect(reader.refresh()).toBe(true);
      expect(reader.refresh()).toBe(false);
      const whole = starts.filter((_, i) => (starts[i + 1] ?? bytes.length) <= at).length;
      const read = sink.scalars.get("train/loss")?.series().steps.length ?? 0;
      expect(read).toBe(Math.min(points, Math.max(0, whole - before)));
      expect(reader.problems.map(({ kind }) => kind)).toEqual(
        at === bytes.length || starts.includes(at) ? [] : ["truncated"],
      );
    }
    expect(reader.problems).toEqual([]);
  });

  test("that a disk did not give is asked for again", () => {
    const path = join(temporaryFolder(), "events.out.tfevents.1.test.1.0");
    writeFileSync(path, eventFile().bytes);
    const sink = new EventSink();
    const reader = new EventFileReader(path, "events", sink);
    disk.fails = true;
    try {
      expect(() => reader.refresh()).toThrow("EIO");
    } finally {
      disk.fails = false;
    }
    expect(reader.refresh()).toBe(true);
    expect(sink.scalars.get("train/loss")?.series().steps).toHaveLength(points);
  });

  test("that was cut while it was read is an error, not other values", () => {
    const { bytes, starts } = eventFile();
    const path = join(temporaryFolder(), "events.out.tfevents.1.test.1.0");
    writeFileSync(path, bytes);
    const sink = new EventSink();
    const reader = new EventFileReader(path, "events", sink);
    reader.refresh();
    truncateSync(path, starts[10]);
    expect(() => reader.refresh()).toThrow("read events: the file was replaced or cut while it was read");
  });
});
