/** Where a model can be cut in two: tensors through which every way from its inputs to its outputs goes. */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import type { tf } from "../../native/index.js";

type Symbolic = tf.SymbolicTensor;

/**
 * Invariant: what comes before a cut, in the order of `wayThrough`, is what the cut depends on; all else depends on the cut.
 */
export interface Cut {
  readonly tensor: Symbolic;
  /** The layer that puts the tensor out. */
  readonly layer: string;
  /** Whether a gradient needs the tensor where the model is not cut. */
  readonly isKept: boolean;
  /** Among the model's tensors in their order: the same for models of the same configuration. */
  readonly index: number;
  /** Values a sample of the tensor itself. */
  readonly own: number;
  /** Values a sample of the tensors since the cut before, itself included, that gradients need. */
  readonly piece: number;
}

export interface Cuts {
  /** Input side first; neither inputs nor outputs are among them. */
  readonly cuts: readonly Cut[];
  /** The same of the tensors behind the last cut. */
  readonly rest: number;
}

/** Layers whose gradient needs no more than what they put out; TensorFlow computes them together with the one before. */
const fused = new Set(["Activation", "ReLU"]);

/** All cuts of a model that is built. */
export function cutsOf(model: tf.LayersModel): Cuts {
  const tensors = wayThrough(model);
  const places = new Map(tensors.map((tensor, index) => [tensor, index]));
  const readers = readersOf(tensors);
  const lastInput = tensors.findLastIndex(isInput);
  const firstOutput = Math.min(...model.outputs.map((output) => places.get(output) as number));
  const cuts: Cut[] = [];
  let [reach, piece] = [0, 0];
  tensors.forEach((tensor, index) => {
    const readBy = readers.get(tensor) ?? [];
    const isCut = index > lastInput && index < firstOutput && reach <= index;
    reach = Math.max(reach, ...readBy.map((reader) => places.get(reader) as number));
    const isKept =
      readBy.length === 0 || readBy.some((reader) => !fused.has(reader.sourceLayer.getClassName()));
    const own = valuesOf(tensor);
    if (isKept && !isInput(tensor)) piece += own;
    if (!isCut) return;
    cuts.push({ tensor, layer: tensor.sourceLayer.name, isKept, index, own, piece });
    piece = 0;
  });
  return { cuts, rest: piece };
}

/** The tensors that the outputs depend on, each behind those it is made of. */
function wayThrough({ outputs }: tf.LayersModel): Symbolic[] {
  const found = new Set<Symbolic>();
  // A stack of its own: a deep model would exhaust JavaScript's.
  const open = outputs.toReversed();
  for (let tensor = open.at(-1); tensor; tensor = open.at(-1)) {
    const missing = found.has(tensor) ? [] : tensor.inputs.filter((input) => !found.has(input));
    if (missing.length > 0) {
      open.push(...missing.toReversed());
      continue;
    }
    found.add(tensor);
    open.pop();
  }
  return [...found];
}

function readersOf(tensors: readonly Symbolic[]): Map<Symbolic, Symbolic[]> {
  const readers = new Map<Symbolic, Symbolic[]>();
  for (const tensor of tensors)
    for (const input of new Set(tensor.inputs)) readers.set(input, [...(readers.get(input) ?? []), tensor]);
  return readers;
}

function isInput({ inputs }: Symbolic): boolean {
  return inputs.length === 0;
}

/** Sizes that the model leaves open count as 1. */
function valuesOf({ shape }: Symbolic): number {
  return sizeOfShape(shape.map((size) => size ?? 1));
}
