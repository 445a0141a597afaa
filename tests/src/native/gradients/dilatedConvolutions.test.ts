import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { capture, tf } from "../../../../src/native/index.js";

type Pad = "valid" | "same" | number;

interface Case {
  readonly dilations: [number, number];
  readonly pad: Pad;
  /** Rows above and columns to the left, by which the definition begins before the image. */
  readonly before: [number, number];
}

/** Of a 2 × 3 filter, that spans 1 + dilation rows and 1 + 2·dilation columns. */
const cases: Case[] = [
  { dilations: [2, 3], pad: "valid", before: [0, 0] },
  { dilations: [3, 1], pad: "same", before: [1, 1] },
  { dilations: [1, 2], pad: 2, before: [2, 2] },
  { dilations: [4, 3], pad: 3, before: [3, 3] },
];
const [batch, height, width, channels] = [2, 7, 8, 3] as const;
const x = tf.randomNormal<tf.Rank.R4>([batch, height, width, channels], 0, 1, "float32", 1);
const filter = tf.randomNormal<tf.Rank.R4>([2, 3, channels, 2], 0, 1, "float32", 2);

const convolutions = {
  conv2d: (image: tf.Tensor4D, taps: tf.Tensor4D, { pad, dilations }: Case) =>
    tf.conv2d(image, taps, 1, pad as "same", "NHWC", dilations),
  depthwiseConv2d: (image: tf.Tensor4D, taps: tf.Tensor4D, { pad, dilations }: Case) =>
    tf.depthwiseConv2d(image, taps, 1, pad as "same", "NHWC", dilations),
};

/** Both gradients by the definition, in float64: what each output takes of each pixel by each tap. */
function expected(isDepthwise: boolean, above: tf.Tensor4D, { dilations, before }: Case) {
  const [pixels, taps, slopes] = [x, filter, above].map((of) => [...of.dataSync()]) as [
    number[],
    number[],
    number[],
  ];
  const [, rows, columns, outputs] = above.shape;
  const dx = pixels.map(() => 0);
  const dFilter = taps.map(() => 0);
  slopes.forEach((slope, flat) => {
    const out = flat % outputs;
    const column = Math.floor(flat / outputs) % columns;
    const row = Math.floor(flat / outputs / columns) % rows;
    const image = Math.floor(flat / outputs / columns / rows);
    taps.forEach((tap, place) => {
      const [multiple, channel] = [place % 2, Math.floor(place / 2) % channels];
      const [i, j] = [Math.floor(place / 2 / channels / 3), Math.floor(place / 2 / channels) % 3];
      if (isDepthwise ? out !== 2 * channel + multiple : out !== multiple) return;
      const [y, z] = [row + i * dilations[0] - before[0], column + j * dilations[1] - before[1]];
      if (y < 0 || y >= height || z < 0 || z >= width) return;
      const pixel = ((image * height + y) * width + z) * channels + channel;
      dx[pixel] = (dx[pixel] as number) + slope * tap;
      dFilter[place] = (dFilter[place] as number) + slope * (pixels[pixel] as number);
    });
  });
  return [dx, dFilter] as const;
}

function expectNear(given: tf.Tensor | undefined, wanted: readonly number[]) {
  const values = given?.dataSync() ?? [];
  expect(values.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((values[i] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  });
}

describe.each(Object.entries(convolutions))("%s", (name, convolve) => {
  it.each(cases)("has the gradients of its definition: dilations $dilations, pad $pad", (of) => {
    const above = tf.randomNormal<tf.Rank.R4>(convolve(x, filter, of).shape, 0, 1, "float32", 3);
    const gradients = (image: tf.Tensor, taps: tf.Tensor) =>
      tf.grads((a, b) => convolve(a as tf.Tensor4D, b as tf.Tensor4D, of))([image, taps], above);
    const wanted = expected(name !== "conv2d", above, of);
    for (const run of [gradients, capture(gradients)])
      run(x, filter).forEach((gradient, i) => {
        expectNear(gradient, wanted[i] as readonly number[]);
      });
  });
});

it("has those with channels first, too", () => {
  const of = cases[0] as Case;
  const slope = (image: tf.Tensor) =>
    tf.grad((a) => tf.square(convolutions.conv2d(a as tf.Tensor4D, filter, of)))(image);
  const first = tf.grad((a) => {
    const convolved = tf.conv2d(a as tf.Tensor4D, filter, 1, "valid", "NCHW", of.dilations);
    return tf.square(convolved);
  })(tf.transpose(x, [0, 3, 1, 2]));
  expectNear(tf.transpose(first, [0, 2, 3, 1]), [...slope(x).dataSync()]);
});

it("has them where WebAssembly computes", () => {
  const index = fileURLToPath(new URL("../../../../dist/src/index.js", import.meta.url));
  const script = `
    const { tf } = await import(${JSON.stringify(index)});
    const x = tf.reshape(tf.sin(tf.range(0, ${x.size})), ${JSON.stringify(x.shape)});
    const filter = tf.reshape(tf.cos(tf.range(0, ${filter.size})), ${JSON.stringify(filter.shape)});
    const both = [tf.conv2d, tf.depthwiseConv2d].flatMap((convolve) =>
      tf.grads((a, b) => tf.square(convolve(a, b, 1, "same", "NHWC", [2, 3])))([x, filter]));
    console.log(JSON.stringify(both.map((gradient) => [...gradient.dataSync()])));`;
  const [native, wasm] = ["tensorflow", "wasm"].map((backend) => {
    const env = { ...process.env, TUNELAB_BACKEND: backend };
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      env,
    });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as number[][];
  });
  wasm?.forEach((values, i) => {
    expectNear(tf.tensor1d(values), native?.[i] as number[]);
  });
});
