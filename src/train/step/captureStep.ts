/** Captures a step for batches of one shape. */
import { type CaptureScope, captureGraph } from "../../native/capture/captureGraph.js";
import { DType } from "../../native/dtypes.js";
import type { tf } from "../../native/index.js";
import { slotShapes } from "../../optim/slots.js";
import type { Batch } from "../batch.js";
import { evaluateBody, type StepInputs, type StepOutputs, type StepPlan, trainBody } from "./stepBody.js";
import type { StepFunction } from "./stepFunctions.js";

export const stepKinds = ["train", "sampled", "evaluate"] as const;
export type StepKind = (typeof stepKinds)[number];

/**
 * The function's inputs are, in this order: x, y, the sample weights if the batch has any; for a training step the
 * scalars and the seed; the weights' handles; for a training step the slots' handles.
 *
 * @param batch an example: only its shapes and types matter
 * @throws CaptureError when the model does what a graph cannot.
 */
export function captureStep(plan: StepPlan, kind: StepKind, batch: Batch): StepFunction {
  let outputs: StepOutputs | undefined;
  const call = captureGraph((scope) => {
    outputs = runBody(plan, kind, symbolicInputs(scope, plan, { kind, batch }));
    return outputs.tensors;
  });
  return { call, count: outputs?.count ?? 0, milliseconds: undefined };
}

/** The step's computation, on whatever tensors it is given. */
export function runBody(plan: StepPlan, kind: StepKind, inputs: StepInputs): StepOutputs {
  return kind === "evaluate" ? evaluateBody(plan, inputs) : trainBody(plan, inputs, kind === "sampled");
}

/** Batches with equal texts fit the same captured step. */
export function batchSignature({ x, y, weights }: Batch): string {
  const of = (tensor: tf.Tensor) => `${tensor.dtype}[${tensor.shape}]`;
  return `${of(x)} ${of(y)}${weights ? ` ${of(weights)}` : ""}`;
}

function symbolicInputs(
  scope: CaptureScope,
  plan: StepPlan,
  from: { kind: StepKind; batch: Batch },
): StepInputs {
  const { batch, kind } = from;
  const like = (tensor: tf.Tensor) => scope.input(dtypes[tensor.dtype as keyof typeof dtypes], tensor.shape);
  const symbols = {
    x: like(batch.x),
    y: like(batch.y),
    ...(batch.weights && { weights: like(batch.weights) }),
  };
  const trains = kind !== "evaluate";
  const scalars = trains ? scope.input(DType.float32, [plan.scalars.length]) : undefined;
  const seed = trains ? scope.input(DType.int32, [2]) : undefined;
  const weights = plan.weights.map(({ variable }) => scope.variable(variable.shape));
  const slots = trains ? symbolicSlots(scope, plan) : [];
  return { batch: symbols, scalars: scalars as tf.Tensor1D, seed: seed as tf.Tensor1D, weights, slots };
}

const dtypes = { float32: DType.float32, int32: DType.int32, bool: DType.bool } as const;

function symbolicSlots(scope: CaptureScope, plan: StepPlan): Record<string, tf.Tensor>[] {
  return plan.weights.map(({ variable, trainable }) => {
    const shapes = trainable ? slotShapes(plan.optimizer, variable.shape) : {};
    const symbols = Object.entries(shapes).map(([name, shape]) => [name, scope.variable(shape)] as const);
    return Object.fromEntries(symbols);
  });
}
