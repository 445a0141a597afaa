import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { split } from "../../../src/data/split.js";
import { tf } from "../../../src/native/index.js";
import { deviceFeed } from "../../../src/train/deviceFeed.js";

const { train } = arrays({
  x: [
    [0, 0.5],
    [1, 1.5],
    [2, 2.5],
    [3, 3.5],
    [4, 4.5],
  ],
  y: [0, 1, 2, 3, 4],
});

it("brings the batches that the split says, in its order", () => {
  const options = { batchSize: 2, shuffle: true, seed: 11 };
  const fed = [...deviceFeed(train, options)];
  const expected = [...train.batches(options)];
  expect(fed.map((batch) => [batch.x.shape, batch.y.dtype, batch.size])).toEqual([
    [[2, 2], "int32", 2],
    [[2, 2], "int32", 2],
    [[1, 2], "int32", 1],
  ]);
  expect(fed.map((batch) => [...batch.x.dataSync()])).toEqual(expected.map((batch) => [...batch.x]));
  expect(fed.map((batch) => [...batch.y.dataSync()])).toEqual(expected.map((batch) => [...batch.y]));
});

it("brings samples kept as bytes as the floats they mean", () => {
  const bytes = Uint8Array.from({ length: 3 * 40_000 }, (_, i) => (i * 31) % 256);
  const images = split("images", {
    bytes,
    y: Int32Array.of(0, 1, 2),
    inputShape: [200, 200],
    targetShape: [],
  });
  const options = { batchSize: 2, shuffle: true, seed: 5 };
  const fed = [...deviceFeed(images, options)].map((batch) => [...batch.x.dataSync()]);
  expect(fed).toEqual([...images.batches(options)].map((batch) => [...batch.x]));
});

it("brings what a copy of a split holds in place of the split's", () => {
  const shapes = { inputShape: [2], targetShape: [] };
  const images = split("images", { bytes: Uint8Array.of(0, 255, 255, 0), y: Int32Array.of(0, 1), ...shapes });
  const options = { batchSize: 2 };
  const held = (from: typeof images) => {
    const [fed] = deviceFeed(from, options);
    const [made] = from.batches(options);
    expect([...(made?.x ?? [])]).toEqual([...(fed?.x.dataSync() ?? [])]);
    expect([...(made?.y ?? [])]).toEqual([...(fed?.y.dataSync() ?? [])]);
    return [[...(made?.x ?? [])], [...(made?.y ?? [])]];
  };
  const before = [
    [0, 1, 1, 0],
    [0, 1],
  ];
  expect(held(images)).toEqual(before);
  expect(held({ ...images, x: Float32Array.of(5, 6, 7, 8) })).toEqual([[5, 6, 7, 8], before[1]]);
  expect(held({ ...images, y: Int32Array.of(1, 0) })).toEqual([before[0], [1, 0]]);
  expect(held({ ...images, x: Float32Array.of(5, 6), y: Int32Array.of(1), size: 1 })).toEqual([[5, 6], [1]]);
  expect(held(images)).toEqual(before);
});

it("weighs samples by their class", () => {
  const classWeights = [Float32Array.of(1, 2, 3, 4, 5)];
  const [batch] = deviceFeed(train, { batchSize: 5, shuffle: true, seed: 3, classWeights });
  const labels = [...(batch?.y.dataSync() ?? [])];
  expect([...(batch?.weights?.dataSync() ?? [])]).toEqual(labels.map((label) => label + 1));
});

it("frees its batches and keeps the split on the device for the next feed", () => {
  for (const batch of deviceFeed(train, { batchSize: 2 })) batch.dispose();
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    for (const batch of deviceFeed(train, { batchSize: 2, classWeights: [new Float32Array(5)] }))
      batch.dispose();
  });
  for (const batch of deviceFeed(train, { batchSize: 4 })) batch.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it("brings the targets of a regression as numbers", () => {
  const line = arrays({
    x: [[1], [2]],
    y: [
      [0.5, 1],
      [2, 3],
    ],
  }).train;
  const [batch] = deviceFeed(line, { batchSize: 2 });
  expect([batch?.y.dtype, batch?.y.shape, [...(batch?.y.dataSync() ?? [])]]).toEqual([
    "float32",
    [2, 2],
    [0.5, 1, 2, 3],
  ]);
});

const several = arrays({
  x: { left: [[0], [1], [2], [3], [4]], right: Array.from({ length: 5 }, (_, i) => [[i, 10 * i]]) },
  y: { kind: [0, 1, 2, 1, 0], score: [0.5, 1.5, 2.5, 3.5, 4.5] },
}).train;

it("brings a tensor for each column, rows together", () => {
  const options = { batchSize: 2, shuffle: true, seed: 11 };
  const fed = [...deviceFeed(several, options)];
  const rows = fed.flatMap((batch) => [...batch.x.dataSync()]);
  expect(rows.toSorted()).toEqual([0, 1, 2, 3, 4]);
  const of = (read: (batch: (typeof fed)[0]) => tf.Tensor | undefined) =>
    fed.flatMap((batch) => [...(read(batch)?.dataSync() ?? [])]);
  expect(of(({ moreX }) => moreX?.[0])).toEqual(rows.flatMap((row) => [row, 10 * row]));
  expect(of(({ y }) => y)).toEqual(rows.map((row) => [0, 1, 2, 1, 0][row]));
  expect(of(({ moreY }) => moreY?.[0])).toEqual(rows.map((row) => row + 0.5));
  const [{ x, moreX, y, moreY, size }] = fed as [(typeof fed)[0]];
  expect([x, ...(moreX ?? []), y, ...(moreY ?? [])].map(({ dtype, shape }) => [dtype, shape])).toEqual([
    ["float32", [2, 1]],
    ["float32", [2, 1, 2]],
    ["int32", [2]],
    ["float32", [2, 1]],
  ]);
  expect(size).toBe(2);
});

it("frees the batches of columns, and keeps the columns for splits that have them in another order", () => {
  const feed = (split: typeof several) => {
    for (const batch of deviceFeed(split, { batchSize: 2 })) batch.dispose();
  };
  feed(several);
  const before = tf.memory().numTensors;
  const { inputs, targets } = several.columns ?? { inputs: [], targets: [] };
  feed({ ...several, columns: { inputs: inputs.toReversed(), targets } });
  expect(tf.memory().numTensors).toBe(before);
});

it("weighs samples of each output by its classes, and those of the others all the same", () => {
  const classWeights = [Float32Array.of(2, 3, 4), undefined];
  const [batch] = deviceFeed(several, { batchSize: 5, classWeights });
  const { weights, moreWeights } = batch ?? {};
  expect([weights, ...(moreWeights ?? [])].map((tensor) => [...(tensor?.dataSync() ?? [])])).toEqual([
    [2, 3, 4, 3, 2],
    [1, 1, 1, 1, 1],
  ]);
  const before = tf.memory().numTensors;
  batch?.dispose();
  expect(tf.memory().numTensors).toBe(before - 6);
});
