/** Captures a step for batches of one shape. */
import type { CapturedFunction } from "../../native/capture/capturedFunction.js";
import { type CaptureScope, captureGraph } from "../../native/capture/captureGraph.js";
import { DType } from "../../native/dtypes.js";
import type { tf } from "../../native/index.js";
import { slotShapes } from "../../optim/slots.js";
import { type Batch, batchTensors, mapBatch } from "../batch.js";
import {
  evaluateBody,
  partBody,
  type StepInputs,
  type StepOutputs,
  type StepPlan,
  trainBody,
  updateBody,
} from "./stepBody.js";
import type { StepFunction } from "./stepFunctions.js";
import { StepTime } from "./stepTime.js";

/** What each kind of step reads beside the weights, and whether it is sampled. */
export const stepKinds = {
  train: { batch: true, trains: true, slots: true, sums: false, sampled: false },
  sampled: { batch: true, trains: true, slots: true, sums: false, sampled: true },
  /** One batch of several that make an update together. */
  part: { batch: true, trains: true, slots: false, sums: true, sampled: false },
  sampledPart: { batch: true, trains: true, slots: false, sums: true, sampled: true },
  update: { batch: false, trains: true, slots: true, sums: true, sampled: false },
  sampledUpdate: { batch: false, trains: true, slots: true, sums: true, sampled: true },
  evaluate: { batch: true, trains: false, slots: false, sums: false, sampled: false },
} as const;
export type StepKind = keyof typeof stepKinds;

/**
 * The function's inputs are, in this order and as far as the kind reads them: the batch's tensors; the scalars and the seed; the handles of the weights, of the slots, of the sums.
 *
 * @param batch an example: only its shapes and types matter; undefined for a kind that reads none
 * @throws CaptureError when the model does what a graph cannot.
 */
export function captureStep(
  plan: StepPlan,
  kind: StepKind,
  batch: Batch | undefined,
): StepFunction & { readonly call: CapturedFunction } {
  let outputs: StepOutputs | undefined;
  const call = captureGraph(
    (scope) => {
      outputs = runBody(plan, kind, symbolicInputs(scope, plan, { kind, batch }));
      return outputs.tensors;
    },
    { products: kind === "evaluate" ? "float32" : plan.precision, without: plan.without },
  );
  return { call, counts: outputs?.counts ?? [], looks: outputs?.looks ?? [], time: new StepTime() };
}

/** The step's computation, on whatever tensors it is given. */
export function runBody(plan: StepPlan, kind: StepKind, inputs: StepInputs): StepOutputs {
  const { sampled, batch, sums } = stepKinds[kind];
  if (kind === "evaluate") return evaluateBody(plan, inputs);
  if (!batch) return updateBody(plan, inputs, sampled);
  return sums ? partBody(plan, inputs, sampled) : trainBody(plan, inputs, sampled);
}

/** Batches with equal texts fit the same captured step. */
export function batchSignature(batch: Batch): string {
  return batchTensors(batch)
    .map((tensor) => `${tensor.dtype}[${tensor.shape}]`)
    .join(" ");
}

/** Whether a kind of step reads the scalars and the seed: a validation step does for the weights of several losses. */
export function readsScalars({ heads }: Pick<StepPlan, "heads">, kind: StepKind): boolean {
  return stepKinds[kind].trains || heads.length > 1;
}

function symbolicInputs(
  scope: CaptureScope,
  plan: StepPlan,
  from: { kind: StepKind; batch: Batch | undefined },
): StepInputs {
  const { batch } = from;
  const kind = stepKinds[from.kind];
  const symbols = batch && mapBatch(batch, (tensor) => inputLike(scope, tensor));
  const fed = readsScalars(plan, from.kind);
  const scalars = fed ? scope.input(DType.float32, [plan.scalars.length]) : undefined;
  const seed = fed ? scope.input(DType.int32, [2]) : undefined;
  const weights = plan.weights.map(({ variable }) => scope.variable(variable.shape));
  const slots = kind.slots ? symbolicSlots(scope, plan) : [];
  const trained = plan.weights.filter(({ trainable }) => trainable);
  const sums = kind.sums ? trained.map(({ variable }) => scope.variable(variable.shape)) : [];
  return {
    // Undefined is what a kind does not read.
    batch: symbols as Batch,
    scalars: scalars as tf.Tensor1D,
    seed: seed as tf.Tensor1D,
    weights,
    slots,
    sums,
  };
}

/** An input of the same type and shape. */
export function inputLike(scope: CaptureScope, { dtype, shape }: tf.Tensor): tf.Tensor {
  return scope.input(dtypes[dtype as keyof typeof dtypes], shape);
}

const dtypes = { float32: DType.float32, int32: DType.int32, bool: DType.bool } as const;

/** Of each weight, by name; none of one that is not trained. */
export function symbolicSlots(scope: CaptureScope, plan: StepPlan): Record<string, tf.Tensor>[] {
  return plan.weights.map(({ variable, trainable }) => {
    const shapes = trainable ? slotShapes(plan.optimizer, variable.shape) : {};
    const symbols = Object.entries(shapes).map(([name, shape]) => [name, scope.variable(shape)] as const);
    return Object.fromEntries(symbols);
  });
}
