import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { splitPictures } from "../../../src/base/splitPictures.js";

const what = "look";

/** Red, green, blue of each pixel, as another program decodes the file. */
function pixels(file: Uint8Array, { width, height }: { width: number; height: number }): number[][] {
  const address = `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${address}" width="${width}" height="${height}" image-rendering="pixelated"/></svg>`;
  const { pixels: rgba } = new Resvg(drawing).render();
  return Array.from({ length: width * height }, (_, i) => [...rgba.subarray(4 * i, 4 * i + 3)]);
}

describe("pictures of samples", () => {
  it("have no more than so many pixels a side, each the mean of those in whose place it is", () => {
    // Rows of 5 pixels: of 2 columns the first takes 2, the second 3.
    const x = [0, 10, 20, 30, 40, 100, 110, 120, 130, 140].map((value) => value / 200);
    const made = splitPictures({ name: "wide", size: 1, inputShape: [2, 5], x }, [0], { what, side: 2 });
    expect([made.width, made.height]).toEqual([2, 1]);
    // (0 + 10 + 100 + 110) / 4 and (20 + 30 + 40 + 120 + 130 + 140) / 6, of 200.
    const bytes = [55, 80].map((value) => Math.round((255 * value) / 200));
    expect(pixels(made.files[0]!, made)).toEqual(bytes.map((byte) => [byte, byte, byte]));
  });

  it("keep their channels apart, and whole numbers for bytes", () => {
    const x = [...[10, 0, 255], ...[21, 0, 255], ...[10, 100, 255], ...[20, 101, 255]];
    const made = splitPictures({ name: "colours", size: 1, inputShape: [2, 2, 3], x }, [0], {
      what,
      side: 1,
    });
    expect(pixels(made.files[0]!, made)).toEqual([[15, 50, 255]]);
  });

  it("stay as they are where they are small enough, in one scale for all of them", () => {
    const x = [-1, 3, 0, 1];
    const made = splitPictures({ name: "two", size: 2, inputShape: [1, 2, 1], x }, [1, 0], { what, side: 2 });
    expect([made.width, made.height]).toEqual([2, 1]);
    const grey = made.files.map((file) => pixels(file, made).map(([red]) => red));
    expect(grey).toEqual([
      [64, 128],
      [0, 255],
    ]);
  });

  it("are at least a pixel wide", () => {
    const x = new Float32Array(1000);
    const made = splitPictures({ name: "line", size: 1, inputShape: [1, 1000], x }, [0], { what, side: 92 });
    expect([made.width, made.height]).toEqual([92, 1]);
  });
});
