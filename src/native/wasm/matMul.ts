/**
 * Products of matrices. WebAssembly is fast at two matrices as they lie; of transposed ones, and of several pairs, it
 * takes sixty times as long, so those are brought to the fast form first.
 */
import { sizeOfShape } from "../../base/sizeOfShape.js";

import tf = require("@tensorflow/tfjs");

import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

interface Factors {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const asTheyLie = { transposeA: false, transposeB: false };

export function registerMatMul(): void {
  const fast = stockKernel<Factors, Transposed>("BatchMatMul");
  const inJavaScript = stockKernel<Factors, Transposed>("BatchMatMul", "cpu");
  registerKernel("BatchMatMul", (call: KernelCall<Factors, Transposed>) => {
    const { a, b } = call.inputs;
    if (a.dtype !== "float32" || b.dtype !== "float32") return inJavaScript(call);
    const { transposeA, transposeB } = call.attrs;
    return product(fast, {
      a: transposeA ? transposed(a) : a,
      b: transposeB ? transposed(b) : b,
    });
  });
  const fused = stockKernel<Factors, Transposed>("_FusedMatMul");
  registerKernel("_FusedMatMul", ({ inputs, attrs }: KernelCall<Factors, Transposed>) => {
    const { transposeA, transposeB } = attrs;
    const a = transposeA ? transposed(inputs.a) : inputs.a;
    const b = transposeB ? transposed(inputs.b) : inputs.b;
    return fused({ inputs: { ...inputs, a, b }, attrs: { ...attrs, ...asTheyLie } });
  });
}

function transposed(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}

/** Fewer multiplications than these are done sooner than two matrices are cut out. */
const few = 2 ** 13;

type Fast = (call: KernelCall<Factors, Transposed>) => tf.Tensor;

/** [..., m, k] times [..., k, n], whose leading axes broadcast. */
function product(fast: Fast, { a, b }: Factors): tf.Tensor {
  const [m = 1, k = 1] = a.shape.slice(-2);
  const n = b.shape.at(-1) ?? 1;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  // Of sums over nothing it would put out what lay in its memory.
  if (k === 0) return tf.zeros([...outer, m, n]);
  const pairs = sizeOfShape(outer);
  if (pairs <= 1 || m * k * n < few) return fast({ inputs: { a, b }, attrs: asTheyLie });
  if (b.size === k * n) {
    const rows = { a: tf.reshape(a, [pairs * m, k]), b: tf.reshape(b, [k, n]) };
    return tf.reshape(fast({ inputs: rows, attrs: asTheyLie }), [...outer, m, n]);
  }
  const each = (x: tf.Tensor, rows: number, columns: number) =>
    tf.unstack(tf.reshape(tf.broadcastTo(x, [...outer, rows, columns]), [pairs, rows, columns]));
  const left = each(a, m, k);
  const right = each(b, k, n);
  const products = left.map((one, i) =>
    fast({ inputs: { a: one, b: right[i] as tf.Tensor }, attrs: asTheyLie }),
  );
  return tf.reshape(tf.stack(products), [...outer, m, n]);
}
