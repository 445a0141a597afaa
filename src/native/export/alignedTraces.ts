/** Traces of one model for batches of several sizes, side by side: the same ops, some of whose constants differ. */
import type { tf } from "../backend.js";
import { binding } from "../binding.js";
import { CaptureError } from "../capture/captureError.js";
import type { GraphNode, GraphTensor } from "../capture/graph.js";
import type { OpAttribute } from "../opAttributes.js";
import type { ConstantValue } from "./constantRule.js";
import type { ModelTrace } from "./modelTrace.js";

/** A tensor in each of the traces, in their order. */
export type AlignedTensor = readonly GraphTensor[];

/** An op in each of the traces. */
export interface AlignedNode {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly AlignedTensor[];
}

/** Invariant: at least one trace; all of the same model, of different batch sizes. */
export class AlignedTraces {
  readonly batches: readonly number[];
  readonly #traces: readonly ModelTrace[];

  constructor(traces: readonly ModelTrace[]) {
    this.#traces = traces;
    this.batches = traces.map(({ batch }) => batch);
  }

  get inputs(): AlignedTensor[] {
    return aligned(this.#traces.map(({ inputs }) => inputs));
  }

  get outputs(): AlignedTensor[] {
    return aligned(this.#traces.map(({ outputs }) => outputs));
  }

  /** The variable whose resource the tensor is. */
  variableOf(tensor: AlignedTensor): tf.Variable | undefined {
    const [variable, ...others] = tensor.map(({ output }, i) => this.#traces[i]?.variables.get(output.oper));
    const other = others.find((one) => one !== variable);
    if (other) throw differs(`the variable "${variable?.name}" where it is "${other.name}" for another`);
    return variable;
  }

  /**
   * The op that made the tensor.
   *
   * @throws CaptureError where the traces do not have the same op with the same attributes there.
   */
  nodeOf(tensor: AlignedTensor): AlignedNode {
    const nodes = tensor.map((one, i) => (this.#traces[i] as ModelTrace).graph.nodeOf(one));
    const [first] = nodes as [GraphNode];
    const { name, attributes, inputs } = first;
    const other = nodes.find((node) => node.name !== name);
    if (other) throw differs(`${name} where it is ${other.name} for another`);
    if (nodes.some((node) => node.inputs.length !== inputs.length))
      throw differs(`${name} with another number of inputs`);
    for (const attribute of attributes) {
      const values = nodes.map((node) => textOf(node, attribute.name));
      if (new Set(values).size > 1) throw differs(`${name} with another ${attribute.name}`);
    }
    const indices = nodes.map((node) => node.inputs.map(({ output }) => output.index).join(" "));
    if (new Set(indices).size > 1) throw differs(`${name} with other inputs`);
    return { name, attributes, inputs: aligned(nodes.map((node) => node.inputs)) };
  }

  /** The value in each trace of a tensor that a constant made. */
  constantsOf(tensor: AlignedTensor): ConstantValue[] {
    return tensor.map((one, i) => {
      const { id } = binding.adoptTensor((this.#traces[i] as ModelTrace).graph.constantOf(one));
      try {
        return { dtype: one.dtype, shape: one.shape, values: binding.tensorDataSync(id) };
      } finally {
        binding.deleteTensor(id);
      }
    });
  }
}

/** Equal for tensors of the same op. */
export function nodeKey(tensor: AlignedTensor): string {
  return tensor.map(({ output }) => output.oper).join(" ");
}

function aligned(lists: readonly (readonly GraphTensor[])[]): AlignedTensor[] {
  return (lists[0] ?? []).map((_, i) => lists.map((list) => list[i] as GraphTensor));
}

function textOf(node: GraphNode, attribute: string): string {
  return JSON.stringify(node.attributes.find(({ name }) => name === attribute)?.value) ?? "";
}

/** What to do where the batch cannot be left open. */
export function differs(what: string): CaptureError {
  return new CaptureError(
    `exporting a model for batches of any size needs the same ops for each size, but a batch of one size has ${what}: give batchSize to export it for one size`,
  );
}
