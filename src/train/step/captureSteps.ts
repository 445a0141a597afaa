/** Captures several steps, one after another, as one call. */
import { captureLoop } from "../../native/capture/captureLoop.js";
import { DType } from "../../native/dtypes.js";
import { tf } from "../../native/index.js";
import { slotShapes } from "../../optim/slots.js";
import { type Batch, batchTensors, mapBatch } from "../batch.js";
import { gatherOnDevice } from "../deviceFeed.js";
import { inputLike, symbolicSlots } from "./captureStep.js";
import { type StepInputs, type StepPlan, trainBody } from "./stepBody.js";
import type { StepFunction } from "./stepFunctions.js";
import { StepTime } from "./stepTime.js";

export interface StepsShape {
  /** Steps of a call at most. */
  readonly most: number;
  /** Samples of each step. */
  readonly batchSize: number;
}

/**
 * The function's inputs are, in this order: the number of steps; of each step the rows of its samples, its scalars and
 * its seed, each packed into one vector; the tensors of which those are the rows; the handles of weights and slots. Its
 * outputs are the number of steps done, since one whose loss is not finite is the last, and what each of them packed.
 *
 * @param all an example of what the rows are taken from: only its shapes and types matter
 * @throws CaptureError when the model does what a graph cannot.
 */
export function captureSteps(plan: StepPlan, all: Batch, { most, batchSize }: StepsShape): StepFunction {
  let counts: readonly number[] = [];
  const call = captureLoop(
    {
      most,
      given(scope) {
        const packed = (dtype: number, width: number) =>
          tf.reshape(scope.input(dtype, [most * width]), [most, width]);
        return [
          packed(DType.int32, batchSize),
          packed(DType.float32, plan.scalars.length),
          packed(DType.int32, 2),
          ...batchTensors(all).map((tensor) => inputLike(scope, tensor)),
          ...plan.weights.map(({ variable }) => scope.variable(variable.shape)),
          ...symbolicSlots(scope, plan).flatMap((slots) => Object.values(slots)),
        ];
      },
      turn(index, given) {
        const outputs = trainBody(plan, inputsOfStep(plan, all, { index, given }), false);
        counts = outputs.counts;
        const row = outputs.tensors[0] as tf.Tensor1D;
        return { row, goesOn: tf.isFinite(tf.reshape(tf.slice(row, [0], [1]), [])) };
      },
    },
    { products: plan.precision, without: plan.without },
  );
  return { call, counts, looks: [], time: new StepTime() };
}

/** What the step of this index is given. */
function inputsOfStep(
  plan: StepPlan,
  all: Batch,
  { index, given }: { index: tf.Scalar; given: readonly tf.Tensor[] },
): StepInputs {
  const [rows, scalars, seed] = given.slice(0, 3).map((packed) => gatherOnDevice(packed, index)) as [
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  const rest = given.slice(3).values();
  const next = () => rest.next().value as tf.Tensor;
  return {
    batch: mapBatch(all, () => gatherOnDevice(next(), rows)),
    scalars,
    seed,
    weights: plan.weights.map(next),
    slots: plan.weights.map(({ variable, trainable }) => {
      const names = trainable ? Object.keys(slotShapes(plan.optimizer, variable.shape)) : [];
      return Object.fromEntries(names.map((name) => [name, next()]));
    }),
    sums: [],
  };
}
