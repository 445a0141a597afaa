import { createHash } from "node:crypto";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/base/random.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

/** A tensor as the tracker sees it. */
function tensor(shape: number[], dtype: string, values: ArrayLike<number>) {
  return { shape, dtype, dataSync: () => values };
}

const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** Smooth, noisy and constant parts, so that every filter of PNG is chosen somewhere. */
function bytesOf(shape: readonly number[]): Uint8Array {
  const draw = random(7);
  return Uint8Array.from({ length: count(shape) }, (_, i) =>
    i % 97 < 40 ? (i * 3) % 256 : i % 97 < 70 ? Math.floor(draw.next() * 256) : 200,
  );
}

describe("a run's pictures", () => {
  test("of every number of channels are seen by TensorBoard, pixel by pixel", () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "pictures", dir, sources: [] });
    const modes = ["L", "LA", "RGB", "RGBA"] as const;
    for (const [i, mode] of modes.entries()) {
      const shape = [13, 29, i + 1];
      run.image(mode, tensor(shape, "int32", bytesOf(shape)), 7);
    }
    const grey = bytesOf([5, 4]);
    run.image(
      "flat",
      tensor(
        [5, 4],
        "float32",
        Float32Array.from(grey, (value) => value / 255),
      ),
      1,
    );
    run.image("flat", { width: 4, height: 5, data: Float32Array.from(grey, (value) => value / 255) }, 2);
    run.image("flat", { width: 4, height: 5, data: new Uint8ClampedArray(grey) }, 3);
    run.image("bool", tensor([1, 3], "bool", [0, 1, 0]), 0);
    run.image("batch", tensor([3, 2, 2, 3], "int32", bytesOf([3, 2, 2, 3])), 0);
    run.finish();

    const { images } = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
    for (const [i, mode] of modes.entries()) {
      const [step, , width, height, [picture]] = images[mode]![0]!;
      expect([step, width, height]).toEqual([7, 29, 13]);
      expect(picture).toEqual({ mode, size: [29, 13], pixels: [...bytesOf([13, 29, i + 1])] });
    }
    expect(images.flat!.map(([step, , , , [picture]]) => [step, picture!.pixels])).toEqual(
      [1, 2, 3].map((step) => [step, [...grey]]),
    );
    expect(images.bool![0]![4][0]!.pixels).toEqual([0, 255, 0]);
    expect(images.batch![0]![4].flatMap(({ pixels }) => pixels)).toEqual([...bytesOf([3, 2, 2, 3])]);

    // What is read back is what was written, and a PNG given as a file is taken as it is.
    const again = openRun({ name: "again", dir: temporaryFolder(), sources: [] });
    const [point] = readRun(run.dir).images.get("RGB")!;
    expect(point).toMatchObject({ step: 7, width: 29, height: 13 });
    const file = point!.images[0]!.bytes();
    again.image("given", file);
    again.finish();
    const given = readRun(again.dir).images.get("given")![0]!;
    expect(given).toMatchObject({ width: 29, height: 13 });
    const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    expect(digest(given.images[0]!.bytes())).toBe(digest(file));
  });

  test("stay in their file: a thousand of them are a few small objects", () => {
    const run = openRun({ name: "many", dir: temporaryFolder(), sources: [] });
    const draw = random(3);
    const noise = () => Uint8Array.from({ length: 4096 }, () => Math.floor(draw.next() * 256));
    for (let step = 0; step < 1000; step++)
      run.image("noise", { width: 64, height: 64, data: noise() }, step);
    run.finish();
    const points = readRun(run.dir).images.get("noise")!;
    const held = new Set<ArrayBufferLike>();
    const visit = (value: unknown): void => {
      if (ArrayBuffer.isView(value)) held.add(value.buffer);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
    };
    visit(points);
    expect(held.size).toBe(0);
    expect(points).toHaveLength(1000);
    expect(points.every(({ images }) => images[0]!.length > 4000)).toBe(true);
    expect(points[999]!.images[0]!.bytes().subarray(1, 4)).toEqual(Uint8Array.from([0x50, 0x4e, 0x47]));
  });

  const png = () => {
    const run = openRun({ name: "png", dir: temporaryFolder(), sources: [] });
    run.image("a", { width: 2, height: 2, data: new Uint8Array(4) });
    run.finish();
    return readRun(run.dir).images.get("a")![0]!.images[0]!.bytes();
  };

  test.each([
    [
      () => 3,
      TypeError,
      "a picture must be a tensor, pixels { width, height, data }, or the bytes of a PNG; got number",
    ],
    [() => null, TypeError, "got null"],
    [() => tensor([4], "float32", [0, 0, 0, 0]), TypeError, "with 1 to 4 channels; got [4]"],
    [
      () => tensor([2, 2, 5], "float32", new Float32Array(20)),
      TypeError,
      "with 1 to 4 channels; got [2, 2, 5]",
    ],
    [() => tensor([1, 1, 1, 1, 1], "float32", [0]), TypeError, "got [1, 1, 1, 1, 1]"],
    [() => tensor([0, 2], "float32", []), RangeError, "a picture must have a pixel; got a tensor [0, 2]"],
    [
      () => tensor([1, 1], "string", ["a"] as never),
      TypeError,
      "pixels must be float32, int32 or bool; got string",
    ],
    [
      () => tensor([1, 2], "float32", [0, Number.NaN]),
      RangeError,
      "float32 pixels must be from 0 to 1; got NaN",
    ],
    [
      () => tensor([1, 2], "float32", [0, 255]),
      RangeError,
      "got 255 (whole numbers from 0 to 255 need dtype int32",
    ],
    [() => tensor([1, 2], "int32", [-1, 3]), RangeError, "int32 pixels must be from 0 to 255; got -1"],
    [
      () => ({ width: 2, height: 2, data: [0, 0, 0, 0] }),
      TypeError,
      "data must be a Uint8Array of 0 to 255 or",
    ],
    [() => ({ width: 2, height: 2, data: new Uint8Array(5) }), TypeError, "got 5 values for 2 × 2 pixels"],
    [
      () => ({ width: 0, height: 2, data: new Uint8Array(0) }),
      RangeError,
      "width must be a whole number of at least 1",
    ],
    [
      () => Uint8Array.of(0xff, 0xd8, 0xff),
      SyntaxError,
      "bytes must be a PNG file, but it does not begin as a PNG does",
    ],
    [() => png().subarray(0, -6), SyntaxError, "bytes must be a PNG file, but it ends before its last part"],
    [() => png().with(41, 77), SyntaxError, "but the checksum of its part IDAT does not fit"],
  ])("refuse what is none (case %#)", (given, kind, message) => {
    const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
    const writing = () => run.image("t", given() as never);
    expect(writing).toThrow(kind);
    expect(writing).toThrow(`image "t": `);
    expect(writing).toThrow(message);
    run.finish();
    expect(readRun(run.dir).images.size).toBe(0);
  });
});
