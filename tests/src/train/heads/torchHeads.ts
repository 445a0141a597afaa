/** The models and the data of tests/oracles/train/torch_heads.py. */
import { readFileSync } from "node:fs";
import { type ArraysOptions, arrays } from "../../../../src/data/arrays.js";
import type { Columns } from "../../../../src/data/columns.js";
import type { Dataset } from "../../../../src/data/dataset.js";
import type { Split } from "../../../../src/data/split.js";
import { tf } from "../../../../src/native/index.js";

interface Curve {
  readonly losses: number[];
  readonly each: Record<string, number[]>;
  readonly validation: Record<string, number[]>;
  readonly final: Record<string, number[]>;
}

type Part = Record<"a" | "b" | "score", number[][]> & Record<"kind" | "gate", number[]>;

export const oracle = JSON.parse(
  readFileSync(new URL("../../../oracles/train/torch_heads.json", import.meta.url), "utf8"),
) as {
  batchSize: number;
  epochs: number;
  train: Part;
  validation: Part;
  weights: Record<string, number[] | number[][]>;
  runs: Record<string, Curve>;
};

export type Output = "score" | "gate" | "kind";

/** Of these outputs, with the validation data. */
export function torchData(outputs: readonly Output[], more: Partial<ArraysOptions> = {}): Dataset {
  const part = (of: Part) => ({
    x: { a: of.a, b: of.b },
    y: Object.fromEntries(outputs.map((name) => [name, of[name]])),
  });
  return arrays({ ...part(oracle.train), validation: part(oracle.validation), ...more });
}

interface ModelOptions {
  readonly l2?: number;
  /** Every layer's name begins with it. */
  readonly prefix?: string;
}

export function torchModel(
  outputs: readonly Output[],
  { l2, prefix = "" }: ModelOptions = {},
): tf.LayersModel {
  const dense = (
    name: string,
    units: number,
    activation: "relu" | "tanh" | "linear" | "sigmoid" | "softmax",
  ) =>
    tf.layers.dense({
      ...{ name: `${prefix}${name}`, units, activation },
      ...(l2 !== undefined && { kernelRegularizer: tf.regularizers.l2({ l2 }) }),
    });
  const [a, b] = [tf.input({ shape: [6], name: `${prefix}a` }), tf.input({ shape: [3], name: `${prefix}b` })];
  const apply = (layer: ReturnType<typeof dense>, to: tf.SymbolicTensor) =>
    layer.apply(to) as tf.SymbolicTensor;
  const join = (...tensors: tf.SymbolicTensor[]) =>
    tf.layers
      .concatenate({ name: `${prefix}join${tensors.length}${tensors[0]?.shape[1]}` })
      .apply(tensors) as tf.SymbolicTensor;
  const both = join(apply(dense("left", 8, "relu"), a), apply(dense("right", 4, "tanh"), b));
  const gate = outputs.includes("gate") ? apply(dense("gate", 1, "sigmoid"), both) : undefined;
  const made: Record<Output, () => tf.SymbolicTensor> = {
    gate: () => gate as tf.SymbolicTensor,
    score: () => apply(dense("score", 1, "linear"), both),
    kind: () => apply(dense("kind", 3, "softmax"), gate ? join(both, gate) : both),
  };
  const model = tf.model({ inputs: [a, b], outputs: outputs.map((name) => made[name]()), name: "heads" });
  for (const layer of model.layers) {
    const name = layer.name.slice(prefix.length);
    const saved = gate && name === "kind" ? "kindOfGate" : name;
    if (layer.weights.length > 0)
      layer.setWeights(["kernel", "bias"].map((kind) => tf.tensor(oracle.weights[`${saved}/${kind}`] ?? [])));
  }
  return model;
}

/** The columns of a split, to be taken in their order. */
export function withoutNames({ columns }: Split): Columns {
  const bare = <T extends object>(column: T) => ({ ...column, name: undefined });
  return { inputs: (columns?.inputs ?? []).map(bare), targets: (columns?.targets ?? []).map(bare) };
}
