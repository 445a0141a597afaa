/** The public door to capturing: any function of tensors and variables as one TensorFlow function. */
import { refuseUnknown } from "../../base/knownOptions.js";
import { CapturedCalls } from "./capturedCalls.js";
import type { CaptureNote, CaptureOptions } from "./captureOptions.js";
import type { Explanation } from "./explanation.js";

/** A captured function. Call it as the function it was made of. */
export interface Captured<A extends readonly unknown[], R> {
  (...values: A): R;
  /** One call with random numbers that follow from this seed alone: a whole number of at least 0. */
  seeded(seed: number, ...values: A): R;
  /** The ops before and after rewriting: for these arguments, or, without any, of the last call. */
  explain(...values: A | []): Explanation;
  /** What is kept at present, the one used last at the end. */
  readonly captures: readonly CaptureNote[];
  /** Why calls ran op by op; each reason once. */
  readonly reasons: readonly string[];
  /** Drops all captures: after a change of what the function refers to, such as a layer's rate. */
  forget(): void;
  /** Frees everything. Not needed: a function that can no longer be reached is freed by itself. */
  dispose(): void;
}

const optionNames = { name: true, seed: true, capacity: true, eager: true } as const;

/**
 * Makes one TensorFlow function of `fn`, as tf.function does in Python: the first call with arguments of a signature
 * notes the ops, later calls run them all at once. The numbers are those of `fn` itself.
 *
 * Arguments and results are tensors, numbers, texts, booleans, and lists and records of them. All but tensors are part
 * of the signature: a number that changes at each call is better a `tf.scalar`. Variables are read and, where `fn`
 * assigns them, written at each call; they live in TensorFlow from then on. Random numbers of TensorFlow.js's functions
 * and noise layers are other ones at each call. JavaScript in `fn` runs only while ops are noted.
 *
 * Gradients flow through it: `tf.grad(captured)` computes the function once more for the gradient; better capture the
 * function that takes the gradient.
 *
 * @throws TypeError, from a call, for an argument or result of another kind.
 * @throws CaptureError, from a call, naming op and line: for reading values, branching on them, random numbers of
 *   `Math.random`, variables that `fn` makes, outputs whose shape depends on values.
 * @example
 * const w = tf.variable(tf.zeros([3, 1]));
 * const step = capture((x: tf.Tensor2D, y: tf.Tensor2D) => {
 *   const { value, grads } = tf.variableGrads(() => tf.losses.meanSquaredError(y, tf.matMul(x, w)));
 *   w.assign(tf.sub(w, tf.mul(grads[w.name], 0.1)));
 *   return value;
 * });
 * const loss = step(x, y);
 */
export function capture<A extends readonly unknown[], R>(
  fn: (...values: A) => R,
  options: CaptureOptions = {},
): Captured<A, R> {
  if (typeof fn !== "function")
    throw new TypeError(`capture needs a function of tensors, but was given ${typeof fn}`);
  refuseUnknown("capture", options, optionNames);
  const calls = new CapturedCalls(fn as (...values: readonly unknown[]) => unknown, options);
  const captured = ((...values: A) => calls.call(values)) as unknown as Captured<A, R>;
  Object.defineProperties(captured, {
    name: { value: calls.name },
    captures: { get: () => calls.captures },
    reasons: { get: () => calls.reasons },
  });
  const methods: Pick<Captured<A, R>, "seeded" | "explain" | "forget" | "dispose"> = {
    seeded: (seed, ...values) => calls.call(values, seed) as R,
    explain: (...values) => calls.explain(values),
    forget: () => calls.forget(),
    dispose: () => calls.dispose(),
  };
  return Object.assign(captured, methods);
}

/**
 * The ops of a function before and after rewriting, without keeping a capture of it.
 *
 * @example console.log(`${capture.explain((x: tf.Tensor) => tf.relu(tf.add(tf.matMul(x, w), b)), x)}`);
 */
capture.explain = <A extends readonly unknown[]>(
  fn: (...values: A) => unknown,
  ...values: A
): Explanation => {
  const captured = capture(fn);
  try {
    return captured.explain(...values);
  } finally {
    captured.dispose();
  }
};
