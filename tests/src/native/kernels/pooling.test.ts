/** Pooling with padding by numbers against the definition: windows over the image, what lies outside left out. */
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";

interface Window {
  readonly size: number;
  readonly stride: number;
  readonly before: number;
  readonly out: number;
}

const [height, width, channels] = [5, 6, 2];
const image = tf.randomNormal<tf.Rank.R4>([2, height, width, channels], 0, 1, "float32", 5);
const values = Array.from(image.dataSync());
const at = (b: number, y: number, x: number, c: number) => ((b * height + y) * width + x) * channels + c;

/** Indices into the image of what each window holds, window by window in the order of the output. */
function windows(rows: Window, columns: Window): number[][] {
  const all: number[][] = [];
  for (let b = 0; b < 2; b++)
    for (let y = 0; y < rows.out; y++)
      for (let x = 0; x < columns.out; x++)
        for (let c = 0; c < channels; c++)
          all.push(
            places(rows, y, height).flatMap((row) =>
              places(columns, x, width).map((column) => at(b, row, column, c)),
            ),
          );
  return all;
}

function places({ size, stride, before }: Window, place: number, length: number): number[] {
  const first = place * stride - before;
  return Array.from({ length: size }, (_, i) => first + i).filter((i) => i >= 0 && i < length);
}

const cases = [
  { pad: 1, strides: 1, rows: [3, 1, 1, 5], columns: [3, 1, 1, 6] },
  { pad: 1, strides: 2, rows: [3, 2, 1, 3], columns: [3, 2, 1, 3] },
  {
    pad: [
      [0, 0],
      [2, 0],
      [1, 2],
      [0, 0],
    ],
    strides: 2,
    rows: [3, 2, 2, 3],
    columns: [3, 2, 1, 4],
  },
].map(({ rows, columns, ...rest }) => ({ ...rest, windows: windows(window(rows), window(columns)) }));

function window([size, stride, before, out]: number[]): Window {
  return { size, stride, before, out } as Window;
}

const close = (tensor: tf.Tensor, wanted: readonly number[]) => {
  const actual = tensor.dataSync();
  expect(actual.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  });
};
const mean = (list: number[]) => list.reduce((sum, i) => sum + (values[i] as number), 0) / list.length;
const highest = (list: number[]) => Math.max(...list.map((i) => values[i] as number));

describe.each(cases)("padding $pad, strides $strides", ({ pad, strides, windows: all }) => {
  /** The gradient of Σ (k + 1) · output k, when output k gets `share` of each input. */
  const gradient = (share: (list: number[], i: number) => number) => {
    const sums = values.map(() => 0);
    all.forEach((list, k) => {
      for (const i of list) sums[i] = (sums[i] as number) + (k + 1) * share(list, i);
    });
    return sums;
  };
  const weighted = (pooled: tf.Tensor) =>
    tf.sum(tf.mul(tf.reshape(pooled, [-1]), tf.range(1, pooled.size + 1)));
  const max = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 3, strides, pad as never);
  const average = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 3, strides, pad as never);

  it("the highest", () => {
    close(max(image), all.map(highest));
    const wanted = gradient((list, i) => (values[i] === highest(list) ? 1 : 0));
    close(tf.grad((x: tf.Tensor) => weighted(max(x)))(image), wanted);
  });

  it("the average of what lies in the image", () => {
    close(average(image), all.map(mean));
    close(
      tf.grad((x: tf.Tensor) => weighted(average(x)))(image),
      gradient((list) => 1 / list.length),
    );
  });
});

it.each(cases.filter(({ pad }) => typeof pad === "number"))(
  "tells where the highest stands: padding $pad, strides $strides",
  ({ pad, strides, windows: all }) => {
    const { result, indexes } = tf.maxPoolWithArgmax(image, 3, strides, pad as number, true);
    close(result, all.map(highest));
    expect(Array.from(indexes.dataSync())).toEqual(
      all.map((list) => list.find((i) => values[i] === highest(list))),
    );
  },
);

it("pools volumes by numbers, as images of one slice", () => {
  const volume = tf.expandDims(image, 1) as tf.Tensor5D;
  const padded = tf.pad(volume, [
    [0, 0],
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]) as tf.Tensor5D;
  const wanted = tf.maxPool(image, 3, 1, 1);
  expect(tf.maxPool3d(padded, [1, 3, 3], 1, "valid").shape.slice(2)).toEqual(wanted.shape.slice(1));
  const thick = tf.concat([volume, volume, volume], 1);
  const pooled = tf.maxPool3d(thick, 3, 1, 1);
  expect(pooled.shape).toEqual([2, 3, height, width, channels]);
  expect(Array.from(tf.slice(pooled, [0, 1], [2, 1]).dataSync())).toEqual(Array.from(wanted.dataSync()));
  const averaged = tf.avgPool3d(thick, 3, 1, 1);
  const flat = tf.avgPool(image, 3, 1, 1);
  const difference = tf.sub(tf.squeeze(tf.slice(averaged, [0, 0], [2, 1]), [1]), flat);
  expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-5);
});
