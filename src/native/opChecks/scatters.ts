/** Updates of another rank than the indices ask for: TensorFlow looks up sizes that the updates have not. */
import { describe } from "../handles.js";
import type { CheckedCall, OpCheck } from "./opCheck.js";

export const scatters: Readonly<Record<string, OpCheck>> = { TensorScatterUpdate: updates };

/** Indices are [..., depth] places in the tensor's first axes; updates are [..., all other axes]. */
function updates({ name, inputs }: CheckedCall): void {
  const [tensor, indices, given] = inputs;
  if (!tensor || !indices || !given) return;
  const depth = indices.shape.at(-1);
  if (depth === undefined || depth > tensor.shape.length)
    throw new TypeError(
      `${name} needs indices of a last size of at most ${tensor.shape.length}, but they are ${describe(indices)}`,
    );
  const wanted = [...indices.shape.slice(0, -1), ...tensor.shape.slice(depth)];
  if (`${wanted}` === `${given.shape}`) return;
  throw new TypeError(
    `${name} needs updates of the shape [${wanted.join(",")}], but they are ${describe(given)}`,
  );
}
