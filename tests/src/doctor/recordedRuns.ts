/** Runs really trained by PyTorch (tests/oracles/doctor/record_runs.py), as the doctor reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tags } from "../../../src/base/tags.js";
import { noMedia, type RunData, type RunRecord, type ScalarSeries } from "../../../src/track/index.js";

type Numeric = number | "nan" | "inf" | "-inf";

export interface Recorded {
  readonly name: string;
  /** The problem it was made to have; null for a healthy run. */
  readonly expect: string | null;
  readonly epochs: Readonly<Record<"loss" | "accuracy" | "valLoss" | "valAccuracy", readonly Numeric[]>>;
  readonly steps: readonly number[];
  readonly stepLoss: readonly Numeric[];
  readonly layers: readonly {
    readonly name: string;
    readonly activation: string;
    readonly parameters: number;
    readonly l2: readonly Numeric[];
    readonly meanAbs: readonly Numeric[];
    readonly zero: readonly Numeric[];
    readonly nonFinite: readonly Numeric[];
  }[];
}

export function recordedRuns(
  file = join(import.meta.dirname, "../../oracles/doctor/recorded.json"),
): Recorded[] {
  return JSON.parse(readFileSync(file, "utf8")) as Recorded[];
}

function numbers(values: readonly Numeric[]): number[] {
  const names = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
  return values.map((value) => (typeof value === "number" ? value : names[value]));
}

function series(steps: readonly number[], values: readonly Numeric[]): ScalarSeries {
  return {
    steps: Float64Array.from(steps),
    values: Float64Array.from(numbers(values)),
    wallTimes: Float64Array.from(steps, (step) => 1.7e9 + step),
  };
}

/** Every series of a recorded run under the name that `fit` gives it. */
export function scalarsOf(run: Recorded): Map<string, ScalarSeries> {
  const scalars = new Map<string, ScalarSeries>([[tags.train("loss"), series(run.steps, run.stepLoss)]]);
  for (const [metric, values] of Object.entries(run.epochs)) {
    scalars.set(
      tags.epoch(metric),
      series(
        values.map((_, i) => i + 1),
        values,
      ),
    );
  }
  for (const layer of run.layers) {
    const weight = `${layer.name}/kernel`;
    scalars.set(tags.gradientL2(weight), series(run.steps, layer.l2));
    scalars.set(tags.gradientMeanAbs(weight), series(run.steps, layer.meanAbs));
    scalars.set(tags.gradientZero(weight), series(run.steps, layer.zero));
    scalars.set(tags.gradientNonFinite(weight), series(run.steps, layer.nonFinite));
  }
  return scalars;
}

export function modelOf(run: Recorded): NonNullable<RunRecord["model"]> {
  const layers = run.layers.map(({ name, activation, parameters }) => ({
    name,
    kind: "Dense",
    activation,
    trainable: true,
    parameters,
    weights: [`${name}/kernel`, `${name}/bias`],
  }));
  return { layers, parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0) };
}

export function runData(run: Recorded, scalars: ReadonlyMap<string, ScalarSeries> = scalarsOf(run)): RunData {
  const time = "2026-01-01T00:00:00.000Z";
  const record: RunRecord = {
    schemaVersion: 1,
    id: "00000000",
    name: run.name,
    tags: [],
    notes: "",
    status: "finished",
    createdAt: time,
    finishedAt: time,
    heartbeat: time,
    owner: { pid: 1, host: "test" },
    resumed: 0,
    config: {},
    command: [],
    workingDirectory: "",
    code: [],
    environment: {},
    summary: {},
    model: modelOf(run),
    problems: [],
  };
  return { dir: "", record, status: "finished", scalars, histograms: new Map(), problems: [], ...noMedia };
}
