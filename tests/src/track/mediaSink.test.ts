import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import type { Run } from "../../../src/track/run.js";
import type { RunMedia } from "../../../src/track/runMedia.js";
import { RunReader, readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

function eventFile({ dir }: Run): string {
  const name = readdirSync(join(dir, "main")).find((one) => one.includes("tfevents"));
  return join(dir, "main", name!);
}

function read({ texts }: RunMedia, tag: string): string[] {
  return (texts.get(tag) ?? []).map((point) => point.texts[0]!.text());
}

test("what is added is read as it comes, whatever its size, and what was given out does not change", () => {
  const run = openRun({ name: "live", dir: temporaryFolder(), sources: [], output: false, system: false });
  const reader = new RunReader(run.dir);
  const sizes = [1, 300_000, 5, 3_000_000, 20, 262_144, 7];
  const all: string[] = [];
  const seen: (readonly [RunMedia, number])[] = [];
  for (const [step, size] of sizes.entries()) {
    const text = `${step}${"é".repeat(size)}`;
    run.text("t", text, step);
    run.log({ loss: step }, step);
    all.push(text);
    const media = reader.refresh();
    expect(read(media, "t")).toEqual(all);
    seen.push([media, all.length]);
  }
  for (const [media, count] of seen) expect(media.texts.get("t")).toHaveLength(count);
  expect(read(readRun(run.dir), "t")).toEqual(all);
  run.finish();
});

test("of damaged pictures only the damaged one is missing, and it is named", () => {
  const run = openRun({ name: "damaged", dir: temporaryFolder(), sources: [], output: false, system: false });
  for (let step = 0; step < 5; step++)
    run.image("a", { width: 8, height: 8, data: new Uint8Array(64).fill(step * 10) }, step);
  run.finish();
  const file = eventFile(run);
  const bytes = readFileSync(file);
  const [, , third] = readRun(run.dir).images.get("a")!;
  bytes[third!.images[0]!.offset + 20]! ^= 1;
  writeFileSync(file, bytes);
  const { images, problems } = readRun(run.dir);
  expect(images.get("a")!.map(({ step }) => step)).toEqual([0, 1, 3, 4]);
  expect(problems).toMatchObject([
    { kind: "corrupt", message: expect.stringContaining("the checksum of the data") },
  ]);
});

test("a file that is gone or was cut says so when its bytes are asked for", () => {
  const run = openRun({ name: "gone", dir: temporaryFolder(), sources: [], output: false, system: false });
  run.text("t", "long enough", 0);
  run.finish();
  const [point] = readRun(run.dir).texts.get("t")!;
  const file = eventFile(run);
  writeFileSync(file, readFileSync(file).subarray(0, point!.texts[0]!.offset + 3));
  expect(() => point!.texts[0]!.text()).toThrow(`read ${file}: the file was cut after the run was read`);
});
