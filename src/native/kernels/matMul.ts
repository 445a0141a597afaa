/**
 * Products of two matrices by TensorFlow's MatMul. TensorFlow.js sends them to BatchMatMulV2, whose kernel takes a
 * third longer for the shapes of a dense layer.
 */
import { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { type KernelCall, registerKernel, stockKernel } from "./registerKernel.js";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const stock = stockKernel<Inputs, Attributes>("BatchMatMul");

function batchMatMul(call: KernelCall<Inputs, Attributes>): tf.TensorInfo {
  const { a, b } = call.inputs;
  if (!isMatrix(a) || !isMatrix(b) || a.dtype !== "float32" || b.dtype !== "float32") return stock(call);
  const { transposeA, transposeB } = call.attrs;
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const rank = Math.max(a.shape.length, b.shape.length);
  const types = { T: DType.float32 };
  const bools = { transpose_a: transposeA, transpose_b: transposeB };
  const product = op1("MatMul", { types, bools }, [matrix(a), matrix(b)]);
  return rank === 2 ? product : reshape(product, [...Array<number>(rank - 2).fill(1), rows, columns]);
}

/** [m, k], or that with leading ones. */
function isMatrix({ shape }: tf.TensorInfo): boolean {
  return shape.length >= 2 && shape.slice(0, -2).every((size) => size === 1);
}

function matrix(tensor: tf.TensorInfo): tf.TensorInfo {
  return tensor.shape.length === 2 ? tensor : reshape(tensor, tensor.shape.slice(-2));
}

function reshape(tensor: tf.TensorInfo, shape: number[]): tf.Tensor {
  return tf.engine().runKernel("Reshape", { x: tensor } as never, { shape }) as tf.Tensor;
}

registerKernel("BatchMatMul", batchMatMul);
