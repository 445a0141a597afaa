import { expect, test } from "vitest";
import { deadLayer } from "../../../src/doctor/rules/deadLayer.js";
import { viewRun } from "../../../src/doctor/runView.js";
import { untrainedLayers } from "../../../src/doctor/untrainedLayers.js";
import { recordedRuns, runData } from "./recordedRuns.js";

interface Layer {
  readonly trained: boolean;
  readonly kind?: string;
  readonly parameters?: number;
}

const trained = { trained: true };
const frozen = { trained: false };

function view(layers: readonly Layer[], logged: readonly string[] = []) {
  const [net] = recordedRuns() as [ReturnType<typeof recordedRuns>[number]];
  const one = { steps: Float64Array.of(0), values: Float64Array.of(1), wallTimes: Float64Array.of(0) };
  const { record, ...rest } = runData({ ...net, layers: [] }, new Map(logged.map((tag) => [tag, one])));
  const model = layers.map(({ trained: trainable, kind = "Dense", parameters = 4 }, i) => ({
    ...{ name: `layer_${i + 1}`, kind, trainable, parameters },
    weights: [`layer_${i + 1}/kernel`],
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
