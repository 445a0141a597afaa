/** TensorFlow's stateless random ops: the same numbers as there, but for the last digits of logarithm and sine. */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import { tf } from "../backend.js";
import type { NamedOp } from "./namedOp.js";
import { streamOf } from "./philox.js";

export const seededOps: Readonly<Record<string, NamedOp>> = {
  StatelessRandomUniform: ([shape, seed]) => [
    drawn(shape, seed, (stream, group) => stream.block(group).map(uniform)),
  ],
  StatelessRandomNormal: ([shape, seed]) => [
    drawn(shape, seed, (stream, group) => {
      const [a, b, c, d] = stream.block(group);
      return [...normals(a, b), ...normals(c, d)];
    }),
  ],
  StatelessTruncatedNormal: ([shape, seed]) => [drawn(shape, seed, truncated)],
};

type Stream = ReturnType<typeof streamOf>;

/** Four values a group; of the last as many as are wanted. */
function drawn(
  shape: tf.Tensor | undefined,
  seed: tf.Tensor | undefined,
  group: (stream: Stream, index: number) => readonly number[],
): tf.Tensor {
  const sizes = [...(shape as tf.Tensor1D).dataSync()];
  const stream = streamOf((seed as tf.Tensor1D).dataSync());
  const values = new Float32Array(sizeOfShape(sizes));
  for (let i = 0; i < values.length; i += 4) values.set(group(stream, i / 4).slice(0, values.length - i), i);
  return tf.tensor(values, sizes);
}

/** In [0, 1), from the low 23 bits. */
function uniform(word: number): number {
  return (word & 0x7fffff) / 2 ** 23;
}

/** Two of mean 0 and deviation 1 (Box & Muller 1958). */
function normals(first: number, second: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(Math.max(uniform(first), 1e-7)));
  const angle = 2 * Math.PI * uniform(second);
  return [Math.sin(angle) * radius, Math.cos(angle) * radius];
}

/** How many blocks are set aside for a group whose values may be drawn again. */
const blocksPerGroup = 256;

/** The first four within two deviations. */
function truncated(stream: Stream, group: number): number[] {
  const found: number[] = [];
  for (let block = group * blocksPerGroup; found.length < 4; block++) {
    const [a, b, c, d] = stream.block(block);
    found.push(...[...normals(a, b), ...normals(c, d)].filter((value) => Math.abs(value) < 2));
  }
  return found;
}
