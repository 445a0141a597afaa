/** Tensors that a captured function is to compute late, so that it holds no more at a time than it must. */
import { backend, type tf } from "../backend.js";
import { binding } from "../binding.js";
import { onWasm } from "../core.js";
import { knownType } from "../op.js";
import { tensorId } from "../tensorId.js";

/**
 * The same values under another id. In a capture they are there only when all of `until` are computed, and so is what
 * is made of them, which the capture keeps apart from what was made of `tensor` itself. Where ops run as they are
 * called, it is a copy without any cost.
 */
export function heldBack<T extends tf.Tensor>(tensor: T, until: readonly tf.Tensor[]): T {
  const held = onWasm ? undefined : binding.heldBack(tensorId(tensor), until.map(tensorId));
  return held ? (backend.createOutputTensor(knownType(held)) as T) : tensor.clone();
}
