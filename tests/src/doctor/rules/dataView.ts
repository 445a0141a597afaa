/** Runs with data that are really looked at, for rules of data. */
import { arrays } from "../../../../src/data/arrays.js";
import { recordData } from "../../../../src/data/record/recordData.js";
import type { RunView } from "../../../../src/doctor/runView.js";
import type { LayerSummary } from "../../../../src/track/index.js";
import { type MadeRun, madeRun } from "./series.js";

export interface MadeData extends MadeRun {
  readonly data: Parameters<typeof arrays>[0];
  readonly config?: RunView["run"]["record"]["config"];
  /** Kinds of the model's layers. */
  readonly kinds?: readonly string[];
}

export function dataView({ data, config = {}, kinds = ["Dense"], ...made }: MadeData): RunView {
  const run = madeRun(made);
  const { name, classes, classNames, train, validation, test } = arrays(data);
  const { record, hashes, words } = recordData({
    dataset: name,
    classes,
    classNames,
    train,
    validation,
    test,
  });
  const layers = kinds.map(layerOf);
  return {
    ...run,
    run: { ...run.run, record: { ...run.run.record, config, model: { layers, parameters: 1 } } },
    data: { record, hashes: { hashes, words }, hashesMissing: "" },
  };
}

/** As of a run of another program. */
export function withoutData(): RunView {
  return madeRun({});
}

function layerOf(kind: string, i: number): LayerSummary {
  return { name: `layer_${i}`, kind, trainable: true, parameters: 1, weights: [] };
}
