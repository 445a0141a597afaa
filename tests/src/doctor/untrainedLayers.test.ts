import { expect, test } from "vitest";
import type { InitialKernel } from "../../../src/base/modelSummary.js";
import { tags } from "../../../src/base/tags.js";
import { deadLayer } from "../../../src/doctor/rules/deadLayer.js";
import { viewRun } from "../../../src/doctor/runView.js";
import { untrainedLayers } from "../../../src/doctor/untrainedLayers.js";
import { recordedRuns, runData } from "./recordedRuns.js";

interface Layer {
  readonly trained: boolean;
  readonly kind?: string;
  readonly parameters?: number;
  /** What its kernel was when the training began. */
  readonly initial?: Partial<InitialKernel>;
  readonly zeroBiases?: boolean;
}

const trained = { trained: true };
const frozen = { trained: false };
/** As heUniform draws 784 × 128: the deviation of 64 · 128 of them is known to 4 / √(2 · 8192) = 0.031 of it. */
const drawn: InitialKernel = { fanIn: 784, units: 128, mean: 0, std: 0.0505, drawn: 0.0505, identical: 0 };
const untouched = { ...frozen, initial: {}, zeroBiases: true };

function view(layers: readonly Layer[], logged: readonly string[] = []) {
  const [net] = recordedRuns() as [ReturnType<typeof recordedRuns>[number]];
  const one = { steps: Float64Array.of(0), values: Float64Array.of(1), wallTimes: Float64Array.of(0) };
  const { record, ...rest } = runData({ ...net, layers: [] }, new Map(logged.map((tag) => [tag, one])));
  const model = layers.map(({ trained: trainable, kind = "Dense", parameters = 4, initial, ...more }, i) => ({
    ...{ name: `layer_${i + 1}`, kind, trainable, parameters, ...more },
    weights: [`layer_${i + 1}/kernel`],
    ...(initial && { initial: { [`layer_${i + 1}/kernel`]: { ...drawn, ...initial } } }),
  }));
  return viewRun({ ...rest, record: { ...record, model: { layers: model, parameters: 4 } } });
}

function found(layers: readonly Layer[], logged?: readonly string[]) {
  return untrainedLayers(view(layers, logged))?.layers.map(({ name }) => name);
}

test("names frozen layers between trained ones", () => {
  expect(found([trained, frozen, trained, trained])).toEqual(["layer_2"]);
  expect(found([trained, frozen, frozen, trained])).toEqual(["layer_2", "layer_3"]);
  expect(untrainedLayers(view([trained, trained, frozen, trained]))).toMatchObject({
    before: { name: "layer_2" },
    trainedBefore: 2,
  });
});

test("leaves alone what is frozen by purpose: the first layers, the last ones, all but adapters", () => {
  expect(found([frozen, frozen, frozen, trained])).toBeUndefined();
  expect(found([trained, trained, frozen, frozen])).toBeUndefined();
  expect(found([trained, frozen, frozen, frozen, trained])).toBeUndefined();
  expect(found([trained, trained])).toBeUndefined();
  expect(found([frozen, frozen])).toBeUndefined();
});

test("names first layers too that were never trained, and however many", () => {
  expect(found([untouched, trained, trained])).toEqual(["layer_1"]);
  expect(found([untouched, untouched, untouched, trained])).toEqual(["layer_1", "layer_2", "layer_3"]);
  expect(found([untouched, frozen, trained])).toEqual(["layer_1"]);
  expect(found([trained, trained, untouched])).toBeUndefined();
  expect(found([untouched])).toBeUndefined();
});

test("leaves weights alone that were learned, or of which it is not known", () => {
  for (const initial of [
    { std: 0.0479 },
    { std: 0.054 },
    { mean: 0.0023 },
    { drawn: undefined },
    { units: 1, fanIn: 20 },
  ])
    expect(found([{ ...untouched, initial }, trained, trained])).toBeUndefined();
  expect(found([{ ...untouched, zeroBiases: false }, trained, trained])).toBeUndefined();
  expect(found([{ ...frozen, initial: {} }, trained, trained])).toBeUndefined();
  expect(found([trained, { ...frozen, zeroBiases: false }, trained])).toBeUndefined();
  for (const initial of [{ std: 0.0481 }, { std: 0.0528 }, { mean: 0.0022 }])
    expect(found([{ ...untouched, initial }, trained, trained])).toEqual(["layer_1"]);
});

test("leaves alone normalisation, tables of vectors, layers without weights and what was thawed later", () => {
  for (const kind of ["BatchNormalization", "LayerNormalization", "Embedding"])
    expect(found([trained, { ...frozen, kind }, trained, trained])).toBeUndefined();
  expect(found([trained, { ...frozen, parameters: 0 }, trained, trained])).toBeUndefined();
  expect(found([trained, frozen, trained, trained], ["gradientL2/layer_2/kernel"])).toBeUndefined();
});

test("leaves models with branches alone", () => {
  const between = [trained, frozen, trained, trained];
  expect(found([...between, { ...trained, kind: "Add", parameters: 0 }])).toBeUndefined();
  const input = { ...trained, kind: "InputLayer", parameters: 0 };
  expect(found([input, ...between])).toEqual(["layer_3"]);
  expect(found([input, input, ...between])).toBeUndefined();
});

test("is a DeadLayer, which needs no sampled step", () => {
  expect(deadLayer.judge(view([trained, frozen, trained]))).toMatchObject({
    verdict: {
      problem: "DeadLayer",
      severity: "warning",
      layer: "layer_2",
      message:
        "layer_2 is not trained (trainable: false), though layer_1 before and others behind are: it stays as it was initialised.",
      evidence: [{ value: 1, threshold: 0, crossed: "above" }],
      prescription: [{ code: 'model.getLayer("layer_2").trainable = true' }, {}],
    },
  });
});

test("says of a first layer that it never was trained", () => {
  expect(
    deadLayer.judge(view([{ ...untouched, initial: { std: 0.051005 } }, trained, trained])),
  ).toMatchObject({
    verdict: {
      severity: "warning",
      layer: "layer_1",
      message:
        "layer_1 is not trained (trainable: false), and never was (layer_1/kernel is as its initialiser drew it, and all biases are 0): it stays as it was initialised.",
      evidence: [{ value: expect.closeTo(1, 9), threshold: 5, crossed: "below" }],
      prescription: [{ change: { model: { trainable: ["layer_1"] } } }],
    },
  });
});

test("comes before gradients that are 0, which follow from another problem mostly", () => {
  const layers = [trained, frozen, trained, trained];
  const of = (values: readonly number[]) => ({
    steps: Float64Array.from(values, (_, i) => i),
    values: Float64Array.from(values),
    wallTimes: Float64Array.from(values, (_, i) => i),
  });
  const { run } = view(layers);
  const scalars = new Map([
    ...run.scalars,
    ...[1, 3, 4].map(
      (i) => [tags.gradientL2(`layer_${i}/kernel`), of(i === 1 ? [0, 0, 0] : [1, 1, 1])] as const,
    ),
  ]);
  const dead = layers.map(() => trained);
  expect(deadLayer.judge(viewRun({ ...run, record: view(dead).run.record, scalars }))).toMatchObject({
    verdict: { layer: "layer_1" },
  });
  expect(deadLayer.judge(viewRun({ ...run, scalars }))).toMatchObject({
    verdict: { layer: "layer_2", message: expect.stringMatching(/is not trained/) },
  });
});
