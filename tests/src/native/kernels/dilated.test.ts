import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { dilated } from "../../../../src/native/kernels/dilated.js";

interface Case {
  readonly dilations: [number, number];
  readonly pads: [[number, number], [number, number]];
}

const cases: Case[] = [
  {
    dilations: [2, 3],
    pads: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    dilations: [3, 1],
    pads: [
      [2, 1],
      [0, 3],
    ],
  },
  {
    dilations: [4, 2],
    pads: [
      [4, 4],
      [1, 1],
    ],
  },
];
const x = tf.randomNormal<tf.Rank.R4>([2, 7, 8, 3], 0, 1, "float32", 1);
const filter = tf.randomNormal<tf.Rank.R4>([2, 3, 3, 2], 0, 1, "float32", 2);

/** A depthwise convolution by its definition, in float64. */
function expected({ dilations: [down, across], pads: [rows, columns] }: Case): number[][][][] {
  const [images, taps] = [x.arraySync(), filter.arraySync()];
  const height = 7 + rows[0] + rows[1] - down;
  const width = 8 + columns[0] + columns[1] - 2 * across;
  return images.map((image) =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, z) =>
        Array.from({ length: 6 }, (___, out) =>
          taps.reduce(
            (sum, line, i) =>
              line.reduce((part, tap, j) => {
                const pixel = image[y + i * down - rows[0]]?.[z + j * across - columns[0]];
                return part + (pixel?.[out >> 1] ?? 0) * (tap[out >> 1]?.[out % 2] as number);
              }, sum),
            0,
          ),
        ),
      ),
    ),
  );
}

it.each(cases)("gives what the definition says: dilations $dilations, pads $pads", (given) => {
  const made = dilated(x, given, (images) => tf.depthwiseConv2d(images as tf.Tensor4D, filter, 1, "valid"));
  const wanted = tf.tensor(expected(given));
  expect(made.shape).toEqual(wanted.shape);
  expect(tf.max(tf.abs(tf.sub(made, wanted))).dataSync()[0]).toBeLessThan(1e-5);
});

/** Of depthwise convolutions as TensorFlow.js has them: by padding, channels first, fused, and captured. */
const script = `
  const { capture, tf } = await import(process.argv[1]);
  const x = tf.randomNormal([2, 7, 8, 3], 0, 1, "float32", 1);
  const filter = tf.randomNormal([2, 3, 3, 2], 0, 1, "float32", 2);
  const slopes = tf.randomNormal([7, 8, 6], 0, 1, "float32", 3);
  const explicit = [[0, 0], [2, 1], [0, 3], [0, 0]];
  const fused = (a) => tf.fused.depthwiseConv2d({ x: a, filter, strides: 1, pad: "same", dilations: [3, 2],
    bias: tf.tensor1d([1, -1, 2, -2, 3, -3]), activation: "prelu", preluActivationWeights: slopes });
  const made = [
    ...["valid", "same", 1, explicit].map((pad) => tf.depthwiseConv2d(x, filter, 1, pad, "NHWC", [2, 3])),
    tf.depthwiseConv2d(tf.transpose(x, [0, 3, 1, 2]), filter, 1, "same", "NCHW", 2),
    fused(x),
    capture(fused)(x),
  ];
  console.log(JSON.stringify(made.map((y) => ({ shape: y.shape, values: [...y.dataSync()] }))));`;

it("serves depthwise convolutions where TensorFlow has oneDNN's kernels, and where it has not", () => {
  const index = fileURLToPath(new URL("../../../../dist/src/index.js", import.meta.url));
  const [withIt, without] = ["1", "0"].map((setting) => {
    const env = { ...process.env, TF_ENABLE_ONEDNN_OPTS: setting };
    const words = ["--input-type=module", "-e", script, index];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", env });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as { shape: number[]; values: number[] }[];
  });
  expect(without?.map(({ shape }) => shape)).toEqual(withIt?.map(({ shape }) => shape));
  without?.forEach(({ values }, i) => {
    const other = withIt?.[i]?.values ?? [];
    expect(Math.max(...values.map((value, k) => Math.abs(value - (other[k] as number))))).toBeLessThan(1e-5);
  });
});
