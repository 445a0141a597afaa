/**
 * TensorFlow.js's random functions draw on the host. Inside `withSeed`, where a caller gives them no seed of its own,
 * they take TensorFlow's seeded numbers instead, so that a captured function draws other ones at each call. Outside
 * they are as they were.
 */
import { createRequire } from "node:module";
import { tf } from "./backend.js";
import { onWasm } from "./core.js";
import { hasSeed, seededGamma, seededNormal, seededTruncatedNormal, seededUniform } from "./random.js";
import { seededDropout } from "./seededDropout.js";

type Shape = readonly number[];
type Type = "float32" | "int32" | "bool" | undefined;
type Draw = (...values: never[]) => tf.Tensor;

/** By name: whether a call draws without a seed of its own, and what it draws then. */
const seeded: Readonly<Record<string, { readonly seedAt: number; readonly draw: Draw }>> = {
  randomUniform: {
    seedAt: 4,
    draw: (shape: Shape, least = 0, most = 1, type?: Type) =>
      typed(scaled(seededUniform(shape), most - least, least), type),
  },
  randomUniformInt: {
    seedAt: 3,
    draw: (shape: Shape, least: number, most: number) =>
      typed(scaled(seededUniform(shape), most - least, least), "int32"),
  },
  randomNormal: {
    seedAt: 4,
    draw: (shape: Shape, mean = 0, deviation = 1, type?: Type) =>
      rounded(scaled(seededNormal(shape), deviation, mean), type),
  },
  randomStandardNormal: {
    seedAt: 2,
    draw: (shape: Shape, type?: Type) => rounded(seededNormal(shape), type),
  },
  truncatedNormal: {
    seedAt: 4,
    draw: (shape: Shape, mean = 0, deviation = 1, type?: Type) =>
      rounded(scaled(seededTruncatedNormal(shape), deviation, mean), type),
  },
  randomGamma: {
    seedAt: 4,
    draw: (shape: Shape, alpha: number, beta = 1, type?: Type) =>
      rounded(scaled(seededGamma(shape, alpha), 1 / beta, 0), type),
  },
  dropout: { seedAt: 3, draw: dropout },
};

const core = createRequire(import.meta.url)("@tensorflow/tfjs-core") as Record<string, Draw>;

for (const [name, { seedAt, draw }] of Object.entries(seeded)) {
  const original = core[name] as Draw;
  core[name] = (...values) =>
    hasSeed() && (values[seedAt] ?? null) === null ? tf.tidy(() => draw(...values)) : original(...values);
}

/** tf.multinomial draws the seed itself; TensorFlow's kernel takes the stream's instead. */
const { multinomial } = core;
core.multinomial = ((logits: tf.Tensor, count: number, seed?: number, normalized?: boolean) =>
  (multinomial as unknown as typeof tf.multinomial)(
    logits as tf.Tensor1D,
    count,
    seed ?? (hasSeed() ? multinomialSeed() : undefined),
    normalized,
  )) as unknown as Draw;

/** WebAssembly's kernel takes a number: any but 0, which would be drawn anew. */
function multinomialSeed(): number {
  return onWasm ? 1 + (seededUniform([1]).dataSync()[0] as number) * 2 ** 23 : 1;
}

function scaled(values: tf.Tensor, factor: number, offset: number): tf.Tensor {
  const product = factor === 1 ? values : tf.mul(values, factor);
  return offset === 0 ? product : tf.add(product, offset);
}

/** Cut off below the point, as values in an Int32Array are. */
function typed(values: tf.Tensor, type: Type): tf.Tensor {
  return type === undefined || type === "float32" ? values : tf.cast(values, type);
}

/** TensorFlow.js rounds its normal and gamma values to integers. */
function rounded(values: tf.Tensor, type: Type): tf.Tensor {
  return type === "int32" ? tf.cast(tf.round(values), "int32") : typed(values, type);
}

/** x·mask/(1 − rate), mask 0 with probability rate. */
function dropout(x: tf.Tensor, rate: number, noiseShape?: readonly (number | null)[]): tf.Tensor {
  const input = x instanceof tf.Tensor ? x : tf.tensor(x);
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`dropout needs a rate from 0 to below 1, but was given ${rate}`);
  if (rate === 0) return input.clone();
  const shape = noiseShape?.map((size, axis) => size ?? (input.shape[axis] as number));
  return seededDropout(input, [rate, 1 / (1 - rate)], shape);
}
