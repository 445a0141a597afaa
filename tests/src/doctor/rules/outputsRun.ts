/** Runs made of what layers put out, for the edges of thresholds. */
import { tags } from "../../../../src/base/tags.js";
import { type RunView, viewRun } from "../../../../src/doctor/runView.js";
import type { LayerSummary, ScalarSeries } from "../../../../src/track/index.js";
import { recordedRuns, runData } from "../recordedRuns.js";

export interface OutputsRun {
  /** By tag, at the sampled steps 0, 20, 40, … */
  readonly series?: Readonly<Record<string, readonly number[]>>;
  /** Per epoch. */
  readonly epochs?: Readonly<Record<string, readonly number[]>>;
  /** Each step's. */
  readonly stepLoss?: readonly number[];
  /** Activations of dense layers, the output's last; undefined for a record without a model. */
  readonly activations?: readonly string[] | undefined;
  /** Of every layer's kernel. */
  readonly initializer?: string;
  readonly config?: Record<string, number | string>;
  readonly resumed?: number;
}

/** Layers are called `dense_1`, `dense_2`, … */
export function outputsRun({ series = {}, epochs = {}, stepLoss, ...made }: OutputsRun): RunView {
  const scalars = new Map<string, ScalarSeries>();
  const add = (tag: string, values: readonly number[], { every = 1, first = 0 }) => {
    const steps = Float64Array.from(values, (_, i) => first + i * every);
    scalars.set(tag, { steps, values: Float64Array.from(values), wallTimes: steps });
  };
  for (const [tag, values] of Object.entries(series)) add(tag, values, { every: 20 });
  for (const [metric, values] of Object.entries(epochs)) add(tags.epoch(metric), values, { first: 1 });
  if (stepLoss) add(tags.train("loss"), stepLoss, {});
  const net = recordedRuns()[0] as ReturnType<typeof recordedRuns>[number];
  const data = runData({ ...net, layers: [] }, scalars);
  const { model: _, ...record } = data.record;
  const { activations, config = {}, resumed = 0 } = made;
  const layers = activations?.map((activation, i) => ({
    ...denseLayer(activation, i),
    ...(made.initializer && { initializer: made.initializer }),
  }));
  return viewRun({
    ...data,
    record: { ...record, config, resumed, ...(layers && { model: { layers, parameters: 1 } }) },
  });
}

function denseLayer(activation: string, i: number): LayerSummary {
  const name = `dense_${i + 1}`;
  return {
    ...{ name, activation, kind: "Dense", units: 4, trainable: true, parameters: 1 },
    weights: [`${name}/kernel`, `${name}/bias`],
  };
}

export const bad = { accuracy: [0.3, 0.3, 0.3] };
export const good = { accuracy: [0.3, 0.8, 0.9] };
