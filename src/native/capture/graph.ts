/** A TensorFlow graph that grows op by op. */
import { DType } from "../dtypes.js";
import type { Output, Pointer } from "../ffi.js";
import { type OpAttribute, setGraphAttributes } from "../opAttributes.js";
import { type OpInput, opDef } from "../opDef.js";
import { applies } from "../rewrites.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { CaptureError } from "./captureError.js";

/** One output of an op in the graph; its shape is known before anything runs. */
export interface GraphTensor {
  readonly output: Output;
  readonly dtype: number;
  readonly shape: number[];
}

export interface GraphOp {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly GraphTensor[];
  /** Ops that must have run before. */
  readonly after?: readonly Pointer[];
  /** What the graph calls it; default a name of its own. */
  readonly label?: string;
}

/** An op that is in the graph. */
export interface GraphNode extends GraphOp {
  readonly oper: Pointer;
  /** Those that were asked for. */
  readonly outputs: GraphTensor[];
}

/** Outputs whose shape is their kernel's own affair: they are only ever handed on to the op's gradient. */
const opaque: Readonly<Record<string, number>> = { FusedBatchNormV3: 5 };

/** Lifecycle: made, filled, turned into a function, deleted. */
export class Graph {
  readonly pointer: Pointer;
  readonly #tf: TensorFlow;
  /** In the order they were added: an op comes after those it reads. */
  readonly #nodes = new Map<Pointer, GraphNode>();

  constructor(tf: TensorFlow) {
    this.#tf = tf;
    this.pointer = tf.api.TF_NewGraph();
  }

  /**
   * The ops that `outputs` need, and those with side effects, in an order in which they can run.
   *
   * @param inputs what is given from outside: what made it is not needed
   */
  needed(outputs: readonly GraphTensor[], inputs: readonly GraphTensor[]): GraphNode[] {
    const given = new Set(inputs.map(({ output }) => output.oper));
    if (!applies("dead"))
      return [...this.#nodes.values()].filter(({ oper, name }) => name !== "Placeholder" && !given.has(oper));
    const found = new Set<Pointer>();
    const effects = [...this.#nodes.values()].filter(({ name }) => this.#hasEffect(name));
    const open = [...outputs.map(({ output }) => output.oper), ...effects.map(({ oper }) => oper)];
    for (let oper = open.pop(); oper !== undefined; oper = open.pop()) {
      if (given.has(oper) || found.has(oper)) continue;
      found.add(oper);
      const node = this.#nodes.get(oper) as GraphNode;
      open.push(...node.inputs.map(({ output }) => output.oper), ...(node.after ?? []));
    }
    return [...this.#nodes.values()].filter(({ oper }) => found.has(oper));
  }

  isStateful(name: string): boolean {
    return opDef(this.#tf, name).isStateful;
  }

  #hasEffect(name: string): boolean {
    return name !== "ReadVariableOp" && this.isStateful(name);
  }

  /** @throws CaptureError when TensorFlow's graph does not take the op. */
  addOp(op: GraphOp): Pointer {
    const { api, status } = this.#tf;
    const description = api.TF_NewOperation(this.pointer, op.name, op.label ?? this.#newName(op.name));
    setGraphAttributes(this.#tf, description, op.attributes);
    this.#addInputs(description, op);
    for (const control of op.after ?? []) api.TF_AddControlInput(description, control);
    const operation = api.TF_FinishOperation(description, status);
    if (api.TF_GetCode(status) !== 0) {
      const message = api.TF_Message(status);
      api.TF_SetStatus(status, 0, "");
      throw new CaptureError(`${op.name} cannot be captured: ${message}`);
    }
    this.#nodes.set(operation, { ...op, oper: operation, outputs: [] });
    return operation;
  }

  /** The constant's tensor is copied into the graph. */
  addConstant(tensor: Pointer, of: { dtype: number; shape: number[]; label?: string }): GraphTensor {
    const { dtype, shape, label = this.#newName("Const") } = of;
    const { api, status } = this.#tf;
    const description = api.TF_NewOperation(this.pointer, "Const", label);
    api.TF_SetAttrTensor(description, "value", tensor, status);
    check(this.#tf, () => "putting a constant into the graph failed");
    api.TF_SetAttrType(description, "dtype", dtype);
    const oper = api.TF_FinishOperation(description, status);
    check(this.#tf, () => "putting a constant into the graph failed");
    const constant = { output: { oper, index: 0 }, dtype, shape };
    this.#nodes.set(oper, { name: "Const", attributes: [], inputs: [], oper, outputs: [constant] });
    return constant;
  }

  /** The op behind a tensor of this graph. */
  nodeOf({ output }: GraphTensor): GraphNode {
    return this.#nodes.get(output.oper) as GraphNode;
  }

  /** What the graph calls an op. */
  nameOf(oper: Pointer): string {
    return this.#tf.api.TF_OperationName(oper);
  }

  /** The kinds of ops in the graph, sorted. */
  get kinds(): string[] {
    return [...new Set([...this.#nodes.values()].map(({ name }) => name))].sort();
  }

  /** The value of a constant, a TF_Tensor that the caller frees. */
  constantOf({ output }: GraphTensor): Pointer {
    const { api, status } = this.#tf;
    const value = new BigUint64Array(1);
    api.TF_OperationGetAttrTensor(output.oper, "value", value, status);
    check(this.#tf, () => "reading a constant of the graph failed");
    return value[0] as Pointer;
  }

  /**
   * @param shape what the caller knows of it, where TensorFlow cannot infer it (a variable's value)
   * @throws CaptureError when the shape depends on values.
   */
  outputOf(oper: Pointer, index: number, of: { op: string; shape?: readonly number[] }): GraphTensor {
    const { outputs } = this.#nodes.get(oper) as GraphNode;
    outputs[index] ??= this.#described(oper, index, of);
    return outputs[index];
  }

  #described(oper: Pointer, index: number, of: { op: string; shape?: readonly number[] }): GraphTensor {
    const { api, status } = this.#tf;
    const output = { oper, index };
    const dtype = api.TF_OperationOutputType(output);
    if (dtype === DType.resource || opaque[of.op] === index) return { output, dtype, shape: [] };
    if (of.shape) {
      api.TF_GraphSetTensorShape(
        this.pointer,
        output,
        BigInt64Array.from(of.shape, BigInt),
        of.shape.length,
        status,
      );
      check(this.#tf, () => `the shape [${of.shape}] does not fit the output of ${of.op}`);
      return { output, dtype, shape: [...of.shape] };
    }
    return { output, dtype, shape: this.#inferredShape(output, of.op) };
  }

  /** How many an op has; it is the end of the process to ask for one more. */
  outputCount(oper: Pointer): number {
    return this.#tf.api.TF_OperationNumOutputs(oper);
  }

  delete(): void {
    this.#tf.api.TF_DeleteGraph(this.pointer);
  }

  /** TensorFlow names it when the op fails. A name may not begin with an underscore. */
  #newName(op: string): string {
    return `${op.replace(/^_+/, "")}_${this.#nodes.size}`;
  }

  #inferredShape(output: Output, op: string): number[] {
    const { api, status } = this.#tf;
    const rank = api.TF_GraphGetTensorNumDims(this.pointer, output, status);
    const dims = new BigInt64Array(Math.max(rank, 0));
    if (rank > 0) api.TF_GraphGetTensorShape(this.pointer, output, dims, rank, status);
    check(this.#tf, () => `reading the shape of ${op}'s output failed`);
    if (rank < 0 || dims.some((size) => size < 0n))
      throw new CaptureError(`${op} cannot be captured: the shape of its output depends on values`);
    return Array.from(dims, Number);
  }

  #addInputs(description: Pointer, op: GraphOp): void {
    const { api } = this.#tf;
    const definition = opDef(this.#tf, op.name);
    let at = 0;
    definition.inputs.forEach((input, i) => {
      if (input.numberAttribute === undefined && input.typeListAttribute === undefined) {
        const single = op.inputs[at++];
        if (!single) throw new CaptureError(`${op.name} cannot be captured: it lacks an input`);
        api.TF_AddInput(description, single.output);
        return;
      }
      const singlesAfter = definition.inputs.length - i - 1;
      const length = listLength(op, input, op.inputs.length - at - singlesAfter);
      const outputs = op.inputs.slice(at, at + length).map(({ output }) => output);
      api.TF_AddInputList(description, outputs, outputs.length);
      at += length;
    });
  }
}

/** From the attribute where it is given (a number, or a list of types), else all that the single inputs leave. */
function listLength(op: GraphOp, input: OpInput, rest: number): number {
  const attribute = input.numberAttribute ?? input.typeListAttribute;
  const given = op.attributes.find(({ name }) => name === attribute)?.value;
  if (Array.isArray(given)) return given.length;
  return typeof given === "number" ? given : rest;
}
