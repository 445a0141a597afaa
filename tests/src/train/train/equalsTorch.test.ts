import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arrays } from "../../../../src/data/arrays.js";
import { mlp } from "../../../../src/models/mlp.js";
import { tf } from "../../../../src/native/index.js";
import { adam, adamw, type Optimizer, sgd } from "../../../../src/optim/index.js";
import type { FitOptions } from "../../../../src/train/fitOptions.js";
import { trainOnce } from "../trainOnce.js";

interface Curve {
  losses: number[];
  final: Record<string, number[]>;
}

const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/train/torch_mlp.json", import.meta.url), "utf8"),
) as {
  batchSize: number;
  epochs: number;
  x: number[][];
  y: number[];
  weights: Record<string, number[] | number[][]>;
  classWeights: number[];
  runs: Record<string, Curve>;
};

const torchData = arrays({ x: oracle.x, y: oracle.y, classes: 3 });

function torchModel(options: { activation?: "relu" | "sigmoid"; l2?: number } = {}): tf.LayersModel {
  const model = mlp({ inputShape: [6], hidden: [8], classes: 3, ...options });
  model.setWeights(
    ["hidden_1/kernel", "hidden_1/bias", "output/kernel", "output/bias"].map((name) =>
      tf.tensor(oracle.weights[name] ?? []),
    ),
  );
  return model;
}

describe("trains as PyTorch does, from the same weights on the same batches", () => {
  const cases: Record<
    string,
    { optimizer: Optimizer; more?: FitOptions; model?: Parameters<typeof torchModel>[0] }
  > = {
    adam: { optimizer: adam({ learningRate: 0.01 }) },
    adamw: { optimizer: adamw({ learningRate: 0.01, weightDecay: 0.05 }) },
    sgd: { optimizer: sgd({ learningRate: 0.1 }) },
    momentum: { optimizer: sgd({ learningRate: 0.05, momentum: 0.9 }) },
    sigmoid: { optimizer: adam({ learningRate: 0.01 }), model: { activation: "sigmoid" } },
    clip: { optimizer: sgd({ learningRate: 0.1 }), more: { clipNorm: 0.3 } },
    weighted: {
      optimizer: adam({ learningRate: 0.01 }),
      more: { classWeights: Object.fromEntries(oracle.classWeights.entries()) },
    },
    l2: { optimizer: adam({ learningRate: 0.01 }), model: { l2: 0.01 } },
    clipValue: { optimizer: sgd({ learningRate: 0.1 }), more: { clipValue: 0.02 } },
    smoothed: { optimizer: adam({ learningRate: 0.01 }), more: { labelSmoothing: 0.1 } },
    accumulated: {
      optimizer: adam({ learningRate: 0.01 }),
      more: { accumulate: 4, clipNorm: 0.5 },
      model: { l2: 0.01 },
    },
  };

  it.each(Object.keys(cases))("%s", async (name) => {
    const { optimizer, more, model: modelOptions } = cases[name] as (typeof cases)[string];
    const model = torchModel(modelOptions);
    const { epochs, batchSize } = oracle;
    const options = { optimizer, epochs, batchSize, shuffle: false, ...more };
    const { losses } = await trainOnce(model, torchData, options);
    const expected = oracle.runs[name] as Curve;
    expect(losses).toHaveLength(expected.losses.length);
    losses.forEach((loss, step) => {
      expect(Math.abs(loss - (expected.losses[step] as number)), `step ${step}`).toBeLessThan(1e-4);
    });
    Object.values(expected.final).forEach((values, index) => {
      const trained = model.getWeights()[index]?.dataSync() ?? [];
      values.forEach((value, at) => {
        expect(Math.abs((trained[at] as number) - value)).toBeLessThan(1e-4);
      });
    });
  });
});
