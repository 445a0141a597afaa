/** Runs and a sweep made from formulas, for tests of the board that need no training. */
import type { Histogram } from "../../../src/base/histogram.js";
import { type Random, random } from "../../../src/base/random.js";
import { tags } from "../../../src/base/tags.js";
import type { BoardData } from "../../../src/board/content.js";
import { labelled } from "../../../src/board/series.js";
import type { SweepData, TrialPoint } from "../../../src/board/sweepData.js";
import type { HistogramPoint, RunData, ScalarSeries } from "../../../src/track/runData.js";
import { noMedia } from "../../../src/track/runMedia.js";
import type { RunRecord } from "../../../src/track/runRecord.js";

const start = 1_760_000_000;

export function series(values: readonly number[], steps?: readonly number[]): ScalarSeries {
  return {
    steps: Float64Array.from(steps ?? values.map((_, i) => i)),
    values: Float64Array.from(values),
    wallTimes: Float64Array.from(values, (_, i) => start + i * 0.25),
  };
}

export function exampleRun(
  name: string,
  scalars: Record<string, ScalarSeries>,
  histograms: Record<string, readonly HistogramPoint[]> = {},
  record: Partial<RunRecord> = {},
): RunData {
  return {
    dir: `runs/${name}`,
    status: "finished",
    scalars: new Map(Object.entries(scalars)),
    histograms: new Map(Object.entries(histograms)),
    problems: [],
    ...noMedia,
    record: {
      schemaVersion: 1,
      id: `id${name}`.slice(0, 8),
      name,
      tags: [],
      notes: "",
      status: "finished",
      createdAt: "2026-01-01T00:00:00.000Z",
      heartbeat: "2026-01-01T00:00:00.000Z",
      owner: { pid: 1, host: "example" },
      resumed: 0,
      config: {},
      command: [],
      workingDirectory: ".",
      code: [],
      environment: {},
      summary: {},
      problems: [],
      ...record,
    },
  };
}

/** A normal's histogram over 40 bins. */
export function normalHistogram(mean: number, deviation: number, count = 10_000): Histogram {
  const edges = Float64Array.from({ length: 41 }, (_, i) => mean + deviation * (i - 20) * 0.2);
  const counts = Float64Array.from({ length: 40 }, (_, i) => {
    const z = (i - 19.5) * 0.2;
    return Math.round(count * 0.2 * Math.exp((-z * z) / 2) * 0.3989);
  });
  return { edges, counts };
}

/** Like a deep MLP on MNIST: `decay` is the factor by which the gradient shrinks from layer to layer. */
export function trainingRun(
  name: string,
  options: { decay: number; layers?: number; epochs?: number; seed?: number },
): RunData {
  const { decay, layers = 8, epochs = 5, seed = 1 } = options;
  const chance = random(seed);
  const stepsPerEpoch = 240;
  const total = epochs * stepsPerEpoch;
  const learns = decay > 0.5;
  const scalars: Record<string, ScalarSeries> = {};
  const curve = (from: number, to: number, noise: number) => (i: number) =>
    to + (from - to) * Math.exp((-5 * i) / total) + noise * chance.normal();
  scalars[tags.train("loss")] = over(total, curve(2.31, learns ? 0.08 : 2.29, 0.05));
  scalars[tags.train("accuracy")] = over(total, curve(0.1, learns ? 0.97 : 0.114, 0.02));
  scalars[tags.learningRate] = over(total, (i) => 1e-3 * 0.5 * (1 + Math.cos((Math.PI * i) / total)));
  for (const [tag, from, to] of epochCurves(learns)) {
    const values = Array.from(
      { length: epochs },
      (_, e) => to + (from - to) * Math.exp(-e) + 0.002 * chance.normal(),
    );
    scalars[tags.epoch(tag)] = series(
      values,
      values.map((_, e) => e + 1),
    );
  }
  const histograms: Record<string, HistogramPoint[]> = {};
  const model = Array.from({ length: layers }, (_, l) => layer(l, layers));
  for (const [l, { name: layerName }] of model.entries()) {
    const depth = layers - 1 - l;
    const size = 2e-2 * decay ** depth;
    addLayer({ scalars, histograms, chance, total }, layerName, size);
  }
  return exampleRun(name, scalars, histograms, {
    config: {
      optimizer: { name: "adam", learningRate: 1e-3 },
      hidden: layers - 1,
      activation: learns ? "relu" : "sigmoid",
    },
    model: { layers: model, parameters: model.length * 1000 },
  });
}

function epochCurves(learns: boolean): [string, number, number][] {
  return learns
    ? [
        ["loss", 0.5, 0.05],
        ["accuracy", 0.85, 0.985],
        ["valLoss", 0.4, 0.09],
        ["valAccuracy", 0.88, 0.972],
      ]
    : [
        ["loss", 2.31, 2.29],
        ["accuracy", 0.108, 0.1124],
        ["valLoss", 2.31, 2.295],
        ["valAccuracy", 0.11, 0.1135],
      ];
}

function layer(l: number, layers: number) {
  const name = l === layers - 1 ? "output" : `dense_${l + 1}`;
  return {
    name,
    kind: "Dense",
    trainable: true,
    parameters: 1000,
    weights: [`${name}/kernel`, `${name}/bias`],
  };
}

interface Target {
  readonly scalars: Record<string, ScalarSeries>;
  readonly histograms: Record<string, HistogramPoint[]>;
  readonly chance: Random;
  readonly total: number;
}

function addLayer({ scalars, histograms, chance, total }: Target, name: string, size: number): void {
  const steps = Array.from({ length: 60 }, (_, i) => Math.round((i * (total - 1)) / 59));
  const wander = (scale: number) =>
    series(
      steps.map((_, i) => scale * 10 ** (0.15 * chance.normal() - i / 150)),
      steps,
    );
  for (const weight of ["kernel", "bias"]) {
    scalars[tags.gradientMeanAbs(`${name}/${weight}`)] = wander(size);
    scalars[tags.updateRatio(`${name}/${weight}`)] = wander(size / 20);
  }
  const point = (step: number, mean: number, deviation: number): HistogramPoint => ({
    step,
    wallTime: start + step * 0.25,
    histogram: normalHistogram(mean, deviation),
  });
  const log = Math.log10(size);
  histograms[tags.gradientsLog10(`${name}/kernel`)] = steps.map((step, i) =>
    point(step, log - i / 150 + 0.1 * chance.normal(), 0.5),
  );
  histograms[tags.weights(`${name}/kernel`)] = steps.map((step, i) => point(step, 0, 0.05 + i / 1000));
}

function over(count: number, value: (index: number) => number): ScalarSeries {
  return series(Array.from({ length: count }, (_, i) => value(i)));
}

export function exampleSweep(trials = 24, seed = 5): SweepData {
  const chance = random(seed);
  const points = Array.from({ length: trials }, (_, number): TrialPoint => {
    const lr = 10 ** (-4 + 3 * chance.next());
    const units = 32 + chance.integer(480);
    const activation = ["sigmoid", "relu", "swish"][chance.integer(3)] as string;
    const value =
      0.98 - 0.06 * (Math.log10(lr) + 2.5) ** 2 - (activation === "sigmoid" ? 0.2 : 0) + units / 1e5;
    const pruned = value < 0.85 && number > 3;
    const epochs = pruned ? 1 + chance.integer(3) : 5;
    const intermediate = Array.from(
      { length: epochs },
      (_, e) => [e + 1, value - 0.3 * Math.exp(-e)] as const,
    );
    return {
      number,
      state: number === 7 ? "failed" : pruned ? "pruned" : "complete",
      params: { lr, units, activation, dropout: chance.integer(4) / 10 },
      value: number === 7 ? Number.NaN : (intermediate.at(-1)?.[1] ?? Number.NaN),
      intermediate,
    };
  });
  return {
    name: "mnist-mlp",
    direction: "maximize",
    metric: "valAccuracy",
    trials: points,
    distributions: {
      lr: { kind: "float", low: 1e-4, high: 1e-1, log: true },
      units: { kind: "int", low: 32, high: 512 },
      activation: { kind: "categorical", choices: ["sigmoid", "relu", "swish"] },
      dropout: { kind: "categorical", choices: [0, 0.1, 0.2, 0.3] },
    },
  };
}

/** A trial a state, all with reports; complete ones have their last as their value, pruned ones too. */
export function sweepInStates(
  states: readonly TrialPoint["state"][] = [
    "complete",
    "complete",
    "pruned",
    "failed",
    "interrupted",
    "running",
  ],
): SweepData {
  const trials = states.map((state, number): TrialPoint => {
    const reports = [0.5, 0.6, 0.7 + number / 100].map((value, i) => [i + 1, value] as const);
    return {
      number,
      state,
      params: { lr: 10 ** -(number + 1), units: 16 * (number + 1) },
      value: state === "complete" || state === "pruned" ? (reports.at(-1)?.[1] as number) : Number.NaN,
      intermediate: reports,
    };
  });
  return {
    name: "states",
    direction: "maximize",
    metric: "valAccuracy",
    trials,
    distributions: {
      lr: { kind: "float", low: 1e-6, high: 1e-1, log: true },
      units: { kind: "int", low: 16, high: 96 },
    },
  };
}

export function exampleBoard(): BoardData {
  return {
    runs: labelled([
      trainingRun("deep-sigmoid", { decay: 0.17 }),
      trainingRun("deep-relu", { decay: 0.9, seed: 2 }),
    ]),
    sweeps: [],
  };
}
