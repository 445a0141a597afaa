/** Writes one weight's update into its variables: by TensorFlow's own kernel where the optimiser names one. */

import { onWasm } from "../../native/core.js";
import { DType } from "../../native/dtypes.js";
import { tf } from "../../native/index.js";
import { float, op, op1 } from "../../native/op.js";
import { applies } from "../../native/rewrites.js";
import { followUp } from "../../optim/followUp.js";
import type {
  FusedDecay,
  FusedUpdate,
  Optimizer,
  Scalars,
  Slots,
  WeightInfo,
} from "../../optim/optimizer.js";

/** One weight as the step sees it: resource handles, not values. */
export interface Trained {
  readonly weight: WeightInfo;
  readonly parameter: tf.Tensor;
  /** By slot name. */
  readonly slots: Readonly<Record<string, tf.Tensor>>;
  readonly constraint: { apply(weight: tf.Tensor): tf.Tensor } | undefined;
}

export function applyUpdate(
  optimizer: Optimizer,
  trained: Trained,
  from: { gradient: tf.Tensor; scalars: Scalars },
): void {
  if (optimizer.fused && !onWasm && applies("updates")) applyFused(optimizer.fused, trained, from);
  else applyTransform(optimizer, trained, from);
  if (trained.constraint) assign(trained.parameter, trained.constraint.apply(read(trained.parameter)));
  if (optimizer.followers?.length) follow(optimizer, trained, from.scalars);
}

/** The value behind a resource handle. */
export function read(resource: tf.Tensor): tf.Tensor {
  return op1("ReadVariableOp", { types: { dtype: DType.float32 } }, [resource]);
}

export function assign(resource: tf.Tensor, value: tf.Tensor): void {
  op("AssignVariableOp", { types: { dtype: DType.float32 } }, [resource, value], 0);
}

function applyFused(
  fused: FusedUpdate,
  { parameter, slots, weight }: Trained,
  { gradient, scalars }: { gradient: tf.Tensor; scalars: Scalars },
): void {
  const given = fused.decay?.of(weight) ? decayed(fused.decay, parameter, { gradient, scalars }) : gradient;
  const inputs = fused.inputs.map((name) => (name === "gradient" ? given : (scalars[name] as tf.Scalar)));
  const states = fused.slots.map((name) => slots[name] as tf.Tensor);
  const bools = { use_locking: false, ...fused.attributes };
  op(fused.op, { ...float, bools }, [parameter, ...states, ...inputs], 0);
}

/** Takes the decay from the weight, or returns the gradient with it. */
function decayed(
  { into }: FusedDecay,
  parameter: tf.Tensor,
  { gradient, scalars }: { gradient: tf.Tensor; scalars: Scalars },
): tf.Tensor {
  if (into === "gradient") return tf.add(gradient, tf.mul(read(parameter), scalars.weightDecay as tf.Scalar));
  const share = tf.mul(read(parameter), scalars.decay as tf.Scalar);
  op("AssignSubVariableOp", { types: { dtype: DType.float32 } }, [parameter, share], 0);
  return gradient;
}

function applyTransform(
  optimizer: Optimizer,
  { parameter, slots, weight }: Trained,
  { gradient, scalars }: { gradient: tf.Tensor; scalars: Scalars },
): void {
  const before = read(parameter);
  const values = readAll(slots);
  const update = optimizer.transform.update({ gradient, parameter: before, weight, slots: values, scalars });
  write(slots, values, update.slots);
  op("AssignAddVariableOp", { types: { dtype: DType.float32 } }, [parameter, update.gradient], 0);
}

function follow(optimizer: Optimizer, { parameter, slots }: Trained, scalars: Scalars): void {
  const before = read(parameter);
  const values = readAll(slots);
  const after = followUp(optimizer, { parameter: before, slots: values, scalars });
  write(slots, values, after.slots);
  if (after.parameter !== before) assign(parameter, after.parameter);
}

function readAll(slots: Trained["slots"]): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, read(slot)]));
}

/** What changed goes into its variable. */
function write(slots: Trained["slots"], before: Slots, after: Slots): void {
  for (const [name, value] of Object.entries(after))
    if (value !== before[name]) assign(slots[name] as tf.Tensor, value);
}
