/** Layers' names as runs are compared by them: what TensorFlow.js calls a layer depends on those made before. */
import type { LayerSummary } from "../base/modelSummary.js";

type Named = Pick<LayerSummary, "name" | "kind">;

/**
 * Of each layer its name; of one that TensorFlow.js named, such as `dense_Dense7`, with its number within this model, so
 * that two of one architecture have the same names. Names stay unique: whatever looks as if it was made is numbered anew.
 */
export function comparableNames(layers: readonly Named[]): string[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const stem = madeFrom(layer);
    if (stem === undefined) return layer.name;
    const number = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, number);
    return `${stem}${number}`;
  });
}

/** Stems of those that are not called by their class: `input3`, `sequential_2`, `model1`. */
const stems: Readonly<Record<string, string>> = {
  InputLayer: "input",
  Sequential: "sequential_",
  Model: "model",
};

/** What stands before the number of a name that was made; undefined for a name that a person gave. */
function madeFrom({ name, kind }: Named): string | undefined {
  // A sequential model's input is called by its first layer: `dense_Dense1_input`.
  if (kind === "InputLayer" && /_[A-Z]\w*\d_input$/.test(name)) return "input";
  const [, stem] = /^(.*?)\d+$/.exec(name) ?? [];
  return stem !== undefined && (stem === stems[kind] || stem.endsWith(`_${kind}`)) ? stem : undefined;
}
