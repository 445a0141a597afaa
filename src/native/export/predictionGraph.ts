/** The graph of a model's prediction for batches of any size, made from traces of some sizes. */
import type { tf } from "../backend.js";
import type { GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import { AttrType } from "../opAttributes.js";
import {
  type AlignedNode,
  type AlignedTensor,
  type AlignedTraces,
  differs,
  nodeKey,
} from "./alignedTraces.js";
import { BatchSizes } from "./batchSizes.js";
import {
  type Affine,
  affineSizes,
  type ConstantRule,
  type ConstantValue,
  constantRule,
} from "./constantRule.js";
import type { GraphWriter } from "./graphWriter.js";

/** One input or output of the saved graph. */
export interface GraphEnd {
  readonly tensor: GraphTensor;
  /** -1 where it follows the batch. */
  readonly shape: readonly number[];
}

/** What the graph's ends are called, and where its variables are. */
export interface PredictionParts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The resource of a variable in the graph. */
  readonly resourceOf: (variable: tf.Variable) => GraphTensor;
}

/**
 * Adds what the traces compute. Constants that follow the batch are computed from the first input's shape.
 *
 * @returns the ends, in the order of the model's
 * @throws CaptureError that names the op where an open batch cannot be derived.
 */
export function addPrediction(
  writer: GraphWriter,
  traces: AlignedTraces,
  parts: PredictionParts,
): { inputs: GraphEnd[]; outputs: GraphEnd[] } {
  const copier = new Copier(writer, traces, parts);
  const inputs = traces.inputs.map((input, i) => copier.input(input, parts.inputs[i] as string));
  return {
    inputs,
    outputs: traces.outputs.map((output, i) => copier.output(output, parts.outputs[i] as string)),
  };
}

/** Lifecycle: first the inputs, then the outputs. */
class Copier {
  readonly #writer: GraphWriter;
  readonly #traces: AlignedTraces;
  readonly #parts: PredictionParts;
  /** By `nodeKey`: the outputs of the op's copy. */
  readonly #copies = new Map<string, (index: number) => GraphTensor>();
  readonly #constants = new Map<string, GraphTensor>();
  #sizes: BatchSizes | undefined;

  constructor(writer: GraphWriter, traces: AlignedTraces, parts: PredictionParts) {
    this.#writer = writer;
    this.#traces = traces;
    this.#parts = parts;
  }

  input(input: AlignedTensor, name: string): GraphEnd {
    const shape = this.#shapeOf(input);
    const tensor = this.#writer.add1({
      name: "Placeholder",
      attributes: [
        { name: "dtype", type: AttrType.type, value: input[0]?.dtype },
        { name: "shape", type: AttrType.shape, value: shape },
      ],
      label: `serving_default_${name}`,
    });
    this.#copies.set(nodeKey(input), () => tensor);
    this.#sizes ??= new BatchSizes(this.#writer, tensor);
    return { tensor, shape };
  }

  output(output: AlignedTensor, name: string): GraphEnd {
    const value = this.#copied(output);
    const tensor = this.#writer.add1({
      name: "Identity",
      attributes: [{ name: "T", type: AttrType.type, value: value.dtype }],
      inputs: [value],
      label: `predicted_${name}`,
    });
    return { tensor, shape: this.#shapeOf(output) };
  }

  /** A size that follows the batch in whatever way is free. */
  #shapeOf(end: AlignedTensor): number[] {
    const shapes = end.map(({ shape }) => shape);
    const sizes = affineSizes(shapes, this.#traces.batches);
    return (shapes[0] as number[]).map((size, axis) => (sizes?.[axis]?.scale === 0 ? size : -1));
  }

  /** Copies what the tensor needs first. Without recursion: a recurrent model is thousands of ops deep. */
  #copied(wanted: AlignedTensor): GraphTensor {
    const open = [wanted];
    for (let next = open.at(-1); next; next = open.at(-1)) {
      const node = this.#copies.has(nodeKey(next)) ? undefined : this.#traces.nodeOf(next);
      const missing = node?.inputs.filter((input) => !this.#isReady(input)) ?? [];
      if (missing.length > 0) {
        open.push(...missing);
        continue;
      }
      open.pop();
      if (node) this.#copies.set(nodeKey(next), this.#copy(node, next));
    }
    return this.#copyOf(wanted) as GraphTensor;
  }

  /** Constants are made for the op that reads them. */
  #isReady(input: AlignedTensor): boolean {
    return this.#copies.has(nodeKey(input)) || this.#traces.nodeOf(input).name === "Const";
  }

  #copyOf(tensor: AlignedTensor): GraphTensor | undefined {
    return this.#copies.get(nodeKey(tensor))?.(tensor[0]?.output.index ?? 0);
  }

  #copy({ name, attributes, inputs }: AlignedNode, tensor: AlignedTensor): (index: number) => GraphTensor {
    const variable = this.#traces.variableOf(tensor);
    if (variable) return () => this.#parts.resourceOf(variable);
    if (name === "Const") return () => this.#constant(tensor, "the end of the model");
    const given = inputs.map(
      (input, place) => this.#copyOf(input) ?? this.#constantInput(input, place, name),
    );
    const oper = this.#writer.add({ name, attributes, inputs: given });
    return (index) => this.#writer.outputOf(oper, index);
  }

  /** Of a Reshape, a size that follows the batch is the one that is left over. */
  #constantInput(input: AlignedTensor, place: number, reader: string): GraphTensor {
    const rule = reader === "Reshape" && place === 1 ? this.#ruleOf(input) : undefined;
    const sizes = rule?.kind === "sizes" ? rule.sizes : [];
    const isLeftOver =
      sizes.filter(({ scale }) => scale !== 0).length === 1 &&
      sizes.every(({ scale, offset }) => scale !== 0 || offset > 0);
    if (!isLeftOver) return this.#constant(input, reader);
    return this.#writer.numbers(sizes.map(({ scale, offset }) => (scale === 0 ? offset : -1)));
  }

  #constant(tensor: AlignedTensor, reader: string): GraphTensor {
    const key = nodeKey(tensor);
    const made = this.#constants.get(key) ?? this.#ruled(tensor, reader);
    this.#constants.set(key, made);
    return made;
  }

  #ruleOf(tensor: AlignedTensor): ConstantRule | undefined {
    return constantRule(this.#traces.constantsOf(tensor), this.#traces.batches);
  }

  #ruled(tensor: AlignedTensor, reader: string): GraphTensor {
    const rule = this.#ruleOf(tensor);
    if (!rule) throw differs(`other values for ${reader}, which are no simple function of the size`);
    if (rule.kind === "same")
      return this.#writer.constant(this.#traces.constantsOf(tensor)[0] as ConstantValue);
    const sizes = this.#sizes as BatchSizes;
    if (rule.kind === "sizes")
      return tensor[0]?.shape.length === 0 ? sizes.scalar(rule.sizes[0] as Affine) : sizes.vector(rule.sizes);
    if (rule.kind === "range") return sizes.range(rule.length);
    const { block, shape } = rule;
    return this.#writer.add1({
      name: "BroadcastTo",
      attributes: [
        { name: "T", type: AttrType.type, value: block.dtype },
        { name: "Tidx", type: AttrType.type, value: DType.int32 },
      ],
      inputs: [this.#writer.constant(block), sizes.vector(shape)],
    });
  }
}
