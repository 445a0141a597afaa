/** One call of each kind of op, with everything it made released. */
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { capture, tf } from "../../../src/native/index.js";
import { ResourceVariable } from "../../../src/native/resourceVariable.js";

export interface Kind {
  readonly run: () => unknown;
  /** How many ops count as one, where a call is far dearer than an op. */
  readonly weight?: number;
}

/** Each keeps the tensors that it reads; nothing else stays after a call. */
export function leakKinds(): Record<string, Kind> {
  const a = tf.keep(tf.randomNormal([16, 16]));
  const image = tf.keep(tf.randomNormal([1, 8, 8, 2])) as tf.Tensor4D;
  const filter = tf.keep(tf.randomNormal([3, 3, 2, 2])) as tf.Tensor4D;
  const words = ["a text that is longer than a slot of 24 bytes", "short"];
  const variable = new ResourceVariable(a);
  const square = capture((x: tf.Tensor) => tf.relu(tf.matMul(x, x)));
  const tidy = (run: () => void) => ({ run: () => void tf.tidy(() => void run()) });
  return {
    elementwise: tidy(() => a.add(a).relu()),
    matMul: tidy(() => tf.matMul(a, a)),
    conv2d: tidy(() => tf.conv2d(image, filter, 1, "same")),
    reductions: tidy(() => tf.max(tf.sum(a, 1)).dataSync()),
    strings: tidy(() => tf.concat([tf.tensor1d(words), tf.tensor1d(words)]).dataSync()),
    complex64: tidy(() => tf.real(tf.mul(tf.complex(a, a), tf.complex(a, a)))),
    "resource variables": { run: () => assignAndRead(variable, a) },
    "new resource variables": { run: () => void new ResourceVariable(a).dispose() },
    int64: { run: int64 },
    gradients: tidy(() => tf.grad((x) => tf.sum(tf.square(x)))(a)),
    errors: { run: refused },
    "captured calls": { run: () => void (square(a) as tf.Tensor).dispose() },
  };
}

function assignAndRead(variable: ResourceVariable, value: tf.Tensor): void {
  variable.assign(value);
  variable.read().dispose();
}

function int64(): void {
  const id = binding.createTensor([2], DType.int64, BigInt64Array.of(2n ** 60n, -1n));
  const [sum] = binding.executeOp("AddV2", [], [id, id], 1);
  binding.tensorDataSync(sum?.id ?? -1);
  for (const tensor of [id, sum?.id ?? -1]) binding.deleteTensor(tensor);
}

function refused(): void {
  const id = binding.createTensor([2, 3], DType.float32, new Float32Array(6));
  try {
    binding.executeOp("MatMul", [], [id, id], 1);
    throw new RangeError("matMul must refuse it");
  } catch (error) {
    if (error instanceof RangeError) throw error;
  }
  binding.deleteTensor(id);
}
