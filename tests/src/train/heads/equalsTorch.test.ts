import { expect, it } from "vitest";
import { adam, type Optimizer, sgd } from "../../../../src/optim/index.js";
import type { FitOptions } from "../../../../src/train/fitOptions.js";
import { trainOnce } from "../trainOnce.js";
import { type Output, oracle, torchData, torchModel } from "./torchHeads.js";

const two: Output[] = ["score", "kind"];
const cases: Record<string, { outputs: Output[]; optimizer?: Optimizer; more?: FitOptions; l2?: number }> = {
  twoInputs: { outputs: ["kind"] },
  weighted: { outputs: two, more: { lossWeights: { score: 1, kind: 0.3 } } },
  sgd: { outputs: two, optimizer: sgd({ learningRate: 0.1 }), more: { lossWeights: [0.2, 1.5] } },
  plain: { outputs: two, l2: 0.01 },
  smoothed: { outputs: two, more: { lossWeights: { kind: 0.3 }, labelSmoothing: 0.1 } },
  accumulated: { outputs: two, more: { lossWeights: { kind: 0.3 }, accumulate: 4 } },
  classes: {
    outputs: ["gate", "kind"],
    more: { lossWeights: { kind: 0.3 }, classWeights: { kind: { 0: 0.5, 2: 2 } }, accumulate: 2 },
  },
  readTwice: { outputs: ["gate", "kind"], more: { lossWeights: { gate: 0.5 } } },
};

const near = (values: readonly number[] | undefined, expected: readonly number[], what: string) => {
  expect(values, what).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((values?.[i] as number) - value), `${what}, ${i}`).toBeLessThan(1e-4);
  });
};

it.each(Object.keys(cases))(
  "trains as PyTorch does, from the same weights on the same batches: %s",
  async (name) => {
    const {
      outputs,
      optimizer = adam({ learningRate: 0.01 }),
      more,
      l2,
    } = cases[name] as (typeof cases)[string];
    const { epochs, batchSize, runs } = oracle;
    const expected = runs[name] as (typeof runs)[string];
    const model = torchModel(outputs, l2 === undefined ? {} : { l2 });
    const options = { optimizer, epochs, batchSize, shuffle: false, ...more };
    const { losses, scalars, history, eagerReasons } = await trainOnce(model, torchData(outputs), options);
    expect(eagerReasons).toEqual([]);
    near(losses, expected.losses, "loss");
    near(history.valLoss, expected.validation.loss as number[], "valLoss");
    if (outputs.length > 1)
      for (const output of outputs) {
        const curve = [...(scalars.get(`train/${output}Loss`)?.values() ?? [])];
        near(curve, expected.each[output] as number[], output);
        const title = `val${output.charAt(0).toUpperCase()}${output.slice(1)}Loss`;
        near(history[title], expected.validation[output] as number[], title);
      }
    for (const layer of model.layers)
      for (const [k, kind] of ["kernel", "bias"].entries()) {
        const saved = outputs.includes("gate") && layer.name === "kind" ? "kindOfGate" : layer.name;
        const values = expected.final[`${saved}/${kind}`];
        if (values) near([...(layer.getWeights()[k]?.dataSync() ?? [])], values, `${layer.name}/${kind}`);
      }
  },
);
