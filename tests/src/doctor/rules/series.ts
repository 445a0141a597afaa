/** Runs made of numbers, for the edges of thresholds; real ones are in ../recordedRuns.ts. */
import { tags } from "../../../../src/base/tags.js";
import { type RunView, viewRun } from "../../../../src/doctor/runView.js";
import type { RunRecord, ScalarSeries } from "../../../../src/track/index.js";
import { runData } from "../recordedRuns.js";

export interface MadeRun {
  /** Per epoch. */
  readonly epochs?: Readonly<Record<string, readonly number[]>>;
  /** Per sampled step and layer, input side first: ‖g‖. */
  readonly l2?: readonly (readonly number[])[];
  /** Same for every layer and step. */
  readonly meanAbs?: number;
  readonly zero?: number;
  /** Of the first layer at each sampled step. */
  readonly nonFinite?: readonly number[];
  readonly stepLoss?: readonly number[];
  /** At the first step, or at each. */
  readonly learningRate?: number | readonly number[];
  /** Of every layer, at the first sampled step or at each. */
  readonly updateRatio?: number | readonly number[];
  /** ‖w‖ of every layer at each sampled step. */
  readonly weightL2?: readonly number[];
  readonly config?: RunRecord["config"];
  readonly environment?: RunRecord["environment"];
  /** Layers of another make than `units` says. */
  readonly layers?: NonNullable<RunRecord["model"]>["layers"];
  /** Units of the dense layers, the output's last; without it the record holds no units. */
  readonly units?: readonly number[];
  readonly activation?: string;
  /** Any other series, or another in the place of one of those above, by their tags. */
  readonly others?: Readonly<Record<string, readonly number[]>>;
}

export function madeRun(made: MadeRun): RunView {
  const scalars = new Map<string, ScalarSeries>();
  const add = (tag: string, values: readonly number[], first = 0) =>
    scalars.set(tag, {
      steps: Float64Array.from(values, (_, i) => i + first),
      values: Float64Array.from(values),
      wallTimes: Float64Array.from(values, (_, i) => i),
    });
  for (const [metric, values] of Object.entries(made.epochs ?? {})) add(tags.epoch(metric), values, 1);
  if (made.stepLoss) add(tags.train("loss"), made.stepLoss);
  if (made.learningRate !== undefined) add(tags.learningRate, [made.learningRate].flat());
  const samples = made.l2 ?? [];
  for (let layer = 0; layer < (samples[0]?.length ?? 0); layer++) {
    const weight = `dense_${layer + 1}/kernel`;
    add(
      tags.gradientL2(weight),
      samples.map((norms) => norms[layer]!),
    );
    add(
      tags.gradientMeanAbs(weight),
      samples.map(() => made.meanAbs ?? 1e-3),
    );
    add(
      tags.gradientZero(weight),
      samples.map(() => made.zero ?? 0),
    );
    add(
      tags.gradientNonFinite(weight),
      samples.map((_, i) => (layer === 0 ? (made.nonFinite?.[i] ?? 0) : 0)),
    );
    if (made.updateRatio !== undefined) add(tags.updateRatio(weight), [made.updateRatio].flat());
    if (made.weightL2) add(tags.weightL2(weight), made.weightL2);
  }
  for (const [tag, values] of Object.entries(made.others ?? {})) add(tag, values);
  const net = {
    name: "made",
    expect: null,
    epochs: { loss: [], accuracy: [], valLoss: [], valAccuracy: [] },
  };
  const data = runData({ ...net, steps: [], stepLoss: [], layers: [] }, scalars);
  return viewRun({
    ...data,
    record: {
      ...data.record,
      ...(made.units && { model: dense(made.units, made.activation) }),
      ...(made.layers && { model: { layers: made.layers, parameters: 100 } }),
      ...(made.config && { config: made.config }),
      ...(made.environment && { environment: made.environment }),
    },
  });
}

function dense(sizes: readonly number[], activation = "relu"): NonNullable<RunRecord["model"]> {
  const layers = sizes.map((units, i) => ({
    ...{ name: `dense_${i + 1}`, kind: "Dense", units, trainable: true, parameters: 1 },
    activation: i === sizes.length - 1 ? "softmax" : activation,
    weights: [`dense_${i + 1}/kernel`],
  }));
  return { layers, parameters: layers.length };
}

export function repeat<T>(value: T, times: number): T[] {
  return Array.from({ length: times }, () => value);
}
