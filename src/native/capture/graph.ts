/** A TensorFlow graph that grows op by op. */
import { DType } from "../dtypes.js";
import type { Output, Pointer } from "../ffi.js";
import { type OpAttribute, setGraphAttributes } from "../opAttributes.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { CaptureError } from "./captureError.js";
import { type OpInput, opDef } from "./opDef.js";

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
}

/** Outputs whose shape is their kernel's own affair: they are only ever handed on to the op's gradient. */
const opaque: Readonly<Record<string, number>> = { FusedBatchNormV3: 5 };

/** Lifecycle: made, filled, turned into a function, deleted. */
export class Graph {
  readonly pointer: Pointer;
  readonly #tf: TensorFlow;
  #count = 0;

  constructor(tf: TensorFlow) {
    this.#tf = tf;
    this.pointer = tf.api.TF_NewGraph();
  }

  /** How many ops it holds. */
  get size(): number {
    return this.#count;
  }

  isStateful(name: string): boolean {
    return opDef(this.#tf, this.pointer, name).isStateful;
  }

  /** @throws CaptureError when TensorFlow's graph does not take the op. */
  addOp(op: GraphOp): Pointer {
    const { api, status } = this.#tf;
    const description = api.TF_NewOperation(this.pointer, op.name, `n${this.#count++}`);
    setGraphAttributes(this.#tf, description, op.attributes);
    this.#addInputs(description, op);
    for (const control of op.after ?? []) api.TF_AddControlInput(description, control);
    const operation = api.TF_FinishOperation(description, status);
    if (api.TF_GetCode(status) !== 0) {
      const message = api.TF_Message(status);
      api.TF_SetStatus(status, 0, "");
      throw new CaptureError(`${op.name} cannot be captured: ${message}`);
    }
    return operation;
  }

  /** The constant's tensor is copied into the graph. */
  addConstant(tensor: Pointer, dtype: number, shape: number[]): GraphTensor {
    const { api, status } = this.#tf;
    const description = api.TF_NewOperation(this.pointer, "Const", `n${this.#count++}`);
    api.TF_SetAttrTensor(description, "value", tensor, status);
    check(this.#tf, () => "putting a constant into the graph failed");
    api.TF_SetAttrType(description, "dtype", dtype);
    const oper = api.TF_FinishOperation(description, status);
    check(this.#tf, () => "putting a constant into the graph failed");
    return { output: { oper, index: 0 }, dtype, shape };
  }

  /**
   * @param shape what the caller knows of it, where TensorFlow cannot infer it (a variable's value)
   * @throws CaptureError when the shape depends on values.
   */
  outputOf(oper: Pointer, index: number, of: { op: string; shape?: readonly number[] }): GraphTensor {
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

  delete(): void {
    this.#tf.api.TF_DeleteGraph(this.pointer);
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
    const definition = opDef(this.#tf, this.pointer, op.name);
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
