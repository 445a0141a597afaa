/** Small models, batches and steps that the tests of a captured step share. */
import { afterEach } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { adam, adamw, type Optimizer, sgd } from "../../../../src/optim/index.js";
import type { Batch } from "../../../../src/train/batch.js";
import { type CapturedStepOptions, createCapturedStep } from "../../../../src/train/capturedStep.js";
import type { StepResult, TrainingStep } from "../../../../src/train/seams.js";

const { activation, add, batchNormalization, conv2d, dense, dropout, flatten, maxPooling2d, reLU } =
  tf.layers;
export const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

export const models: Record<string, () => tf.LayersModel> = {
  mlp: () =>
    tf.sequential({
      layers: [
        dense({ units: 12, activation: "sigmoid", inputShape: [6], kernelInitializer: glorot(1) }),
        dense({ units: 8, activation: "relu", kernelInitializer: glorot(2) }),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(3) }),
      ],
    }),
  "mlp with dropout and penalties": () =>
    tf.sequential({
      layers: [
        dense({
          units: 16,
          activation: "tanh",
          inputShape: [6],
          kernelInitializer: glorot(1),
          kernelRegularizer: tf.regularizers.l1l2({ l1: 1e-3, l2: 1e-2 }),
        }),
        dropout({ rate: 0.4 }),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }),
      ],
    }),
  cnn: () =>
    tf.sequential({
      layers: [
        conv2d({
          filters: 4,
          kernelSize: 3,
          activation: "relu",
          inputShape: [8, 8, 1],
          kernelInitializer: glorot(1),
        }),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }),
      ],
    }),
  "cnn with batch norm": () =>
    tf.sequential({
      layers: [
        conv2d({
          filters: 4,
          kernelSize: 3,
          useBias: false,
          inputShape: [8, 8, 1],
          kernelInitializer: glorot(1),
        }),
        batchNormalization({ momentum: 0.8 }),
        reLU(),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        batchNormalization(),
        dense({ units: 3, kernelInitializer: glorot(2) }),
        activation({ activation: "softmax" }),
      ],
    }),
  "functional with a shared layer and a branch": () => {
    const input = tf.input({ shape: [6] });
    const shared = dense({ units: 6, activation: "tanh", kernelInitializer: glorot(1) });
    const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    const sum = add().apply([twice, input]) as tf.SymbolicTensor;
    const output = dense({ units: 3, activation: "softmax", kernelInitializer: glorot(2) }).apply(sum);
    return tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  },
};

const isImage = (name: string) => name.startsWith("cnn");

export function batchFor(name: string, size = 10): Batch {
  const shape = isImage(name) ? [size, 8, 8, 1] : [size, 6];
  return {
    x: tf.randomNormal(shape, 0, 1, "float32", 11),
    y: tf.tensor1d(
      Int32Array.from({ length: size }, (_, i) => (i * 7) % 3),
      "int32",
    ),
  };
}

const steps: TrainingStep<Batch>[] = [];
/** Disposed after the test. */
export function stepOf(
  model: tf.LayersModel,
  options: Partial<CapturedStepOptions> = {},
): TrainingStep<Batch> {
  const step = createCapturedStep(model, {
    loss: "crossEntropy",
    optimizer: adam({ learningRate: 0.01 }),
    ...options,
  });
  steps.push(step);
  return step;
}
afterEach(() => {
  for (const step of steps.splice(0)) step.dispose();
});

export async function train(
  step: TrainingStep<Batch>,
  batch: Batch,
  count: number,
  from = 0,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (let i = from; i < from + count; i++)
    results.push(await step.run(batch, { learningRate: 0.01, seed: i }));
  return results;
}

export const weightsOf = (model: tf.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

export const optimizers: Record<string, Optimizer> = {
  "sgd with momentum": sgd({ momentum: 0.9 }),
  "sgd with decay (composed, no fused kernel)": sgd({ momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  adam: adam(),
  adamw: adamw(),
};
