/** A model with two inputs and two outputs, from its run to its evaluation. */
import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import type { Dataset, Split } from "../../../src/data/index.js";
import { evaluate } from "../../../src/evaluate/evaluate.js";
import { fit as fitModel } from "../../../src/fit.js";
import { loadWeights } from "../../../src/fitWeights.js";
import { lrFinder } from "../../../src/lrFinder.js";
import type { tf } from "../../../src/native/index.js";
import { adam, schedules } from "../../../src/optim/index.js";
import { readRun } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { type Output, oracle, torchData, torchModel, withoutNames } from "../train/heads/torchHeads.js";
import { stage } from "./trainingScene.js";

stage();
const outputs: Output[] = ["score", "kind"];
const data = torchData(outputs, { classNames: { kind: ["low", "middle", "high"] } });
const options = {
  optimizer: adam({ learningRate: 0.01 }),
  batchSize: 16,
  lossWeights: { kind: 0.3 },
  schedule: schedules.reduceOnPlateau({ monitor: "valKindLoss", patience: 1 }),
  earlyStopping: { monitor: "valKindAccuracy", patience: 20 },
};
const numbers = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

it("is recorded with what each output loses and measures", async () => {
  const dir = temporaryFolder();
  const run = await fitModel(torchModel(outputs), data, {
    ...options,
    epochs: 6,
    track: { dir, name: "two" },
  });
  const { record, scalars } = readRun(run.dir as string);
  expect(record.config).toMatchObject({
    loss: { score: "meanSquaredError", kind: "crossEntropy" },
    lossWeights: { score: 1, kind: 0.3 },
  });
  for (const name of ["scoreLoss", "kindLoss", "scoreMeanAbsoluteError", "kindAccuracy"]) {
    expect(scalars.get(`epoch/${name}`)?.values).toHaveLength(6);
    expect(scalars.get(`epoch/val${name.charAt(0).toUpperCase()}${name.slice(1)}`)?.values).toHaveLength(6);
    expect(scalars.get(`train/${name}`)?.values).toHaveLength(36);
  }
  expect([run.best("valKindAccuracy"), run.best("kindLoss")]).toEqual([
    Math.max(...(run.history.valKindAccuracy ?? [])),
    Math.min(...(run.history.kindLoss ?? [])),
  ]);
  expect(run.doctor().toString()).not.toMatch(/undefined|NaN/);
  expect(run.toString()).toContain("scoreMeanAbsoluteError");
});

it("goes on from a checkpoint to what it would have been, and not with other weights of its losses", async () => {
  const dir = temporaryFolder();
  const track = (name: string) => ({ track: { dir, name } });
  const whole = torchModel(outputs);
  const { history } = await fitModel(whole, data, { ...options, epochs: 4, ...track("whole") });
  const checkpoint = { everySteps: 1 };
  await fitModel(torchModel(outputs), data, {
    ...options,
    epochs: 4,
    maxSteps: 9,
    checkpoint,
    ...track("cut"),
  });
  const resume = { ...options, epochs: 4, resume: "cut", checkpoint, track: { dir } };
  const refused = (more: object, of = data) =>
    expect(fitModel(torchModel(outputs), of, { ...resume, ...more })).rejects;
  await refused({ lossWeights: { kind: 0.4 } }).toThrow(
    /the same lossWeights\.kind .* had 0\.3; it was given 0\.4/,
  );
  await refused({ loss: { score: "auto", kind: "crossEntropy" }, lossWeights: [2, 0.3] }).toThrow(
    /the same lossWeights\.score .* had 1; it was given 2/,
  );
  const { train } = data;
  const columns = train.columns as NonNullable<typeof train.columns>;
  const [first, second] = columns.targets as [(typeof columns.targets)[0], (typeof columns.targets)[0]];
  const other = { ...second, values: second.values.toReversed() as typeof second.values };
  await refused(
    {},
    {
      ...data,
      train: { ...train, columns: { ...columns, targets: [first, other] } },
    },
  ).toThrow(/the same targets\[1\] /);
  const renamed = fitModel(torchModel(outputs, { prefix: "my" }), unnamed(data), {
    ...resume,
    lossWeights: [1, 0.3],
    schedule: schedules.constant(),
    earlyStopping: { monitor: "loss" },
  });
  await expect(renamed).rejects.toThrow(/the same outputs\[0\] .* had "score"; it was given "myscore"/);
  const resumed = torchModel(outputs);
  const run = await fitModel(resumed, data, resume);
  expect(numbers(resumed)).toEqual(numbers(whole));
  expect(run.history).toEqual(history);
  const loaded = torchModel(outputs);
  expect(loadWeights(loaded, "cut", { dir, checkpoint: "newest" }).epochs).toBe(4);
});

/** Its arrays by their order. */
function unnamed({ train, validation, ...rest }: Dataset): Dataset {
  const of = (split: Split) => ({ ...split, columns: withoutNames(split) });
  return { ...rest, train: of(train), validation: validation && of(validation) };
}

it("is asked about one of its outputs, by name", async () => {
  const model = torchModel(outputs);
  const { history } = await fitModel(model, data, { epochs: 3, batchSize: 16, track: false });
  const split = data.validation as NonNullable<typeof data.validation>;
  const asked = await evaluate(model, split, { output: "kind", batchSize: 7 });
  expect(asked.accuracy).toBe(history.valKindAccuracy?.at(-1));
  expect(asked.loss).toBeCloseTo(history.valKindLoss?.at(-1) as number, 5);
  expect(asked.confusionMatrix.classNames).toEqual(["low", "middle", "high"]);
  const two = {
    x: { a: [oracle.train.a[0] ?? []], b: [oracle.train.b[0] ?? []] },
    y: { kind: [1], score: [0.5] },
  };
  expect((await evaluate(model, arrays(two).train, { output: "kind" })).size).toBe(1);
  await expect(evaluate(model, split)).rejects.toThrow(
    new TypeError('evaluate needs to know which output of "heads" to ask, as output: one of score, kind'),
  );
  await expect(evaluate(model, split, { output: "kid" })).rejects.toThrow(
    new RangeError(
      'evaluate needs an output that "heads" has (score, kind); it was given "kid". Did you mean kind?',
    ),
  );
  await expect(evaluate(model, split, { output: "score" })).rejects.toThrow("evaluate needs class labels");
});

it("is asked about all where it has one output of two inputs", async () => {
  const model = torchModel(["kind"]);
  const one = torchData(["kind"]);
  const { history } = await fitModel(model, one, {
    epochs: 2,
    batchSize: 16,
    track: false,
    classWeights: "balanced",
  });
  const { accuracy } = await evaluate(model, one.validation as NonNullable<typeof one.validation>);
  expect(accuracy).toBe(history.valAccuracy.at(-1));
});

it("has its rates tried", async () => {
  const model = torchModel(outputs);
  const before = numbers(model);
  const found = await lrFinder(model, data, { lossWeights: [1, 0], batchSize: 16, steps: 20, to: 0.1 });
  expect(found.rates).toHaveLength(20);
  expect(numbers(model)).toEqual(before);
});
