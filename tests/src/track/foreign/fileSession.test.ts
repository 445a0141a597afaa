import { appendFileSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { fileSession } from "../../../../src/track/foreign/fileSession.js";
import { foreignRecord } from "../../../../src/track/foreign/foreignRecord.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { logWriter } from "./logWriter.js";

const taken = vi.hoisted(() => ({ bytes: 0 }));
vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const readSync = (...given: Parameters<typeof fs.readSync>) => {
    const length = fs.readSync(...given);
    taken.bytes += length;
    return length;
  };
  return { ...fs, readSync, default: { ...fs, readSync } };
});

const oracles = join(import.meta.dirname, "../../../oracles/tensorboard/logs");

test("of a run to which a record was added no more is read than it may have begun and ended with", () => {
  const dir = temporaryFolder();
  const writers = ["a", "b", "c"].map(() => logWriter(dir));
  for (const writer of writers) for (let step = 0; step < 2000; step++) writer.scalars({ loss: step }, step);
  foreignRecord(dir);
  taken.bytes = 0;
  writers[1]!.scalars({ loss: 1 }, 2000);
  expect(foreignRecord(dir)).toMatchObject({ createdAt: "2023-11-14T22:13:20.000Z" });
  // A record and the few bytes before it, of 240 kB.
  expect(taken.bytes).toBeLessThan(200);
  taken.bytes = 0;
  foreignRecord(dir);
  expect(taken.bytes).toBe(0);
  for (const writer of writers) writer.close();
});

test("of a long file only its last bytes are read again", () => {
  const dir = temporaryFolder();
  const writer = logWriter(dir);
  const name = "x".repeat(9000);
  for (let step = 0; step < 600; step++) writer.scalars({ [name]: step }, step);
  writer.close();
  const [file = ""] = readdirSync(dir).map((one) => join(dir, one));
  const end = hyperParameters();
  const before = fileSession(file);
  expect(before.config).toEqual({});
  taken.bytes = 0;
  appendFileSync(file, end);
  const { began, config } = fileSession(file);
  expect([began, config]).toEqual([before.began, expect.objectContaining({ lr: 0.1 })]);
  expect(taken.bytes).toBeLessThan(70_000);
});

test("wherever a growing file was cut when it was read, it says what a whole one says", () => {
  const whole = hyperParameters();
  const dir = temporaryFolder();
  writeFileSync(join(dir, "whole"), whole);
  const expected = fileSession(join(dir, "whole"));
  expect(expected).toMatchObject({ end: "finished", config: { lr: 0.1 } });
  for (let cut = 1; cut < whole.length; cut += 7) {
    const file = join(dir, `cut-${cut}`);
    writeFileSync(file, whole.subarray(0, cut));
    fileSession(file);
    appendFileSync(file, whole.subarray(cut, cut + 5));
    fileSession(file);
    appendFileSync(file, whole.subarray(cut + 5));
    expect(fileSession(file)).toEqual(expected);
  }
});

test("of a file that another took the place of nothing stays", () => {
  const file = join(temporaryFolder(), "events");
  writeFileSync(file, hyperParameters());
  expect(fileSession(file).config).not.toEqual({});
  const other = temporaryFolder();
  const writer = logWriter(other);
  writer.scalars({ loss: 1 }, 0);
  writer.close();
  copyFileSync(join(other, readdirSync(other)[0]!), file);
  expect(fileSession(file)).toEqual({ began: 1.7e9, config: {} });
});

/** Of a run that torch.utils.tensorboard wrote. */
function hyperParameters(): Buffer {
  const dir = join(oracles, "pytorch/trial-0");
  return Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
}
