import { expect, it } from "vitest";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { op1 } from "../../../../src/native/op.js";
import type { NamedOp } from "../../../../src/native/wasm/namedOp.js";
import { seededOps } from "../../../../src/native/wasm/seededOps.js";

const types = { dtype: DType.float32, Tseed: DType.int32, T: DType.int32 };

/** Of the seeds, words with and without a sign; of the shapes, counts that are and are no multiple of four. */
const seeds = [
  [0, 0],
  [7, -3],
  [-2147483648, 2147483647],
] as const;
const shapes = [[], [1], [3, 5], [4099]] as const;

it.each(["StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal"])(
  "%s draws TensorFlow's numbers",
  (name) => {
    for (const seed of seeds)
      for (const shape of shapes) {
        const inputs = [tf.tensor1d([...shape], "int32"), tf.tensor1d([...seed], "int32")];
        const [ours] = (seededOps[name] as NamedOp)(inputs, {}) as [tf.Tensor];
        const theirs = op1(name, { types }, inputs);
        expect(ours.shape).toEqual(theirs.shape);
        const expected = theirs.dataSync();
        const off = ours.dataSync().map((value, i) => Math.abs(value - (expected[i] as number)));
        expect(Math.max(...off), `${name} of [${shape}] from ${seed}`).toBeLessThan(2e-6);
      }
  },
);
