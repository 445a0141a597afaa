import type * as tf from "@tensorflow/tfjs";
import type { Optimizer, Slots, UpdateInput } from "./optimizer.js";

/** What the optimiser's followers make of a weight that was updated. `slots` holds all of its slots, and so does the result. */
export function followUp(
  { followers = [] }: Optimizer,
  input: Omit<UpdateInput, "gradient" | "weight">,
): { parameter: tf.Tensor; slots: Slots } {
  let { parameter, slots } = input;
  for (const follower of followers) {
    const output = follower.update({ parameter, slots, scalars: input.scalars });
    parameter = output.parameter ?? parameter;
    slots = { ...slots, ...output.slots };
  }
  return { parameter, slots };
}
