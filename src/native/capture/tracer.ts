/** Turns the ops of one traced computation into a graph, instead of running them. */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import type { Binding, OpInterceptor } from "../binding.js";
import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import type { Handle, TensorMetadata } from "../handles.js";
import type { Narrow } from "../narrowSupport.js";
import { AttrType } from "../opAttributes.js";
import { checkOp } from "../opChecks/opChecks.js";
import { applies } from "../rewrites.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { CaptureError } from "./captureError.js";
import { Graph, type GraphTensor } from "./graph.js";
import { type Growing, inNarrow } from "./narrowProducts.js";
import { opKey } from "./opKey.js";
import { type Origin, type Rewritten, rewrite } from "./rewrite.js";
import { changesNothing, type TracedCall } from "./simplify.js";

/** Ids of symbols start here and fall; -1 is tfjs-node's own mark for a value not uploaded yet. */
const firstSymbol = -2;
/** No two captures share an id: a symbol that outlived its capture is no symbol of the next. */
let nextSymbol = firstSymbol;
/** Constants of at most so many values are looked at: equal ones are one. */
const smallConstant = 64;
/** What makes a list, which is no value that a constant could have. */
const listMakers: ReadonlySet<string> = new Set([
  "EmptyTensorList",
  "TensorListReserve",
  "TensorListFromTensor",
]);

/** What a symbol stands for, and the op that made it. */
interface Symbolic {
  readonly tensor: GraphTensor;
  readonly op: string;
  /** The call as it was made, before any rewriting. */
  readonly origin?: Origin;
  /** Of a reshape: what was reshaped, behind all reshapes. */
  readonly base?: Symbolic;
}

/** The ops that touched a variable: its last write, and the reads since. */
interface Accesses {
  readonly reads: readonly Pointer[];
  readonly write?: Pointer;
}

/** What a capture does with a live tensor that the computation reads, other than freezing its value. */
export type Outside = (id: number) => GraphTensor | undefined;

export interface TracerOptions {
  readonly outside?: Outside;
  /** False: the ops as they were called, which every TensorFlow has. Default true. */
  readonly rewrites?: boolean;
  /** What products of float32 are computed in, where that gains; default float32. */
  readonly products?: "float32" | Narrow;
}

/**
 * Invariants: a symbol stands for one output of an op in the graph; an op that reads no symbol and has no side effect
 * runs for real, and its result becomes a constant where a later op reads it beside a symbol.
 */
export class Tracer implements OpInterceptor {
  readonly graph: Graph;
  /** The placeholders, in the order they were asked for: the function's inputs. */
  readonly inputs: GraphTensor[] = [];
  readonly #tf: TensorFlow;
  readonly #binding: Binding;
  readonly #symbols: Symbolic[] = [];
  /** The id of the first. */
  readonly #first = nextSymbol;
  readonly #constants = new Map<number, GraphTensor>();
  readonly #smallConstants = new Map<string, GraphTensor>();
  /** What an op without side effects computed, by its key. */
  readonly #computed = new Map<string, Pointer>();
  /** The ops as they were called, before any rewriting. */
  readonly #noted: TracedCall[] = [];
  readonly #shapes = new Map<number, readonly number[]>();
  readonly #accesses = new Map<number, Accesses>();
  /** Ops that write to variables: a function must not end before they ran. */
  readonly #effects: Pointer[] = [];
  readonly #outside: Outside;
  readonly #growing: Growing = {
    add: (op) => this.graph.outputOf(this.#addedOnce(op), 0, { op: op.name }),
    nodeOf: (tensor) => this.graph.nodeOf(tensor),
  };
  readonly rewrites: boolean;
  readonly narrow: Narrow | undefined;

  constructor(
    tf: TensorFlow,
    binding: Binding,
    { outside = () => undefined, rewrites = true, products = "float32" }: TracerOptions = {},
  ) {
    this.#tf = tf;
    this.#binding = binding;
    this.#outside = outside;
    this.rewrites = rewrites && tf.gpu === undefined;
    this.narrow = products === "float32" ? undefined : products;
    this.graph = new Graph(tf);
  }

  /** Tells the shape of the variable behind a resource input, which its handle does not carry. */
  declareVariable(resource: number, shape: readonly number[]): void {
    this.#shapes.set(resource, shape);
  }

  /** The graph's tensor behind a symbol, or behind a live tensor as a constant. */
  resolve(id: number): GraphTensor {
    return id <= firstSymbol ? this.#symbol(id).tensor : this.#constant(id);
  }

  /** The ops as they were called, before any rewriting. */
  get noted(): readonly TracedCall[] {
    return this.#noted;
  }

  /** Another input of the function. */
  input(dtype: number, shape: readonly number[]): TensorMetadata {
    const attributes = [
      { name: "dtype", type: AttrType.type, value: dtype },
      { name: "shape", type: AttrType.shape, value: shape },
    ];
    const oper = this.graph.addOp({ name: "Placeholder", attributes, inputs: [] });
    const tensor = this.graph.outputOf(oper, 0, { op: "Placeholder" });
    this.inputs.push(tensor);
    return this.#metadata({ tensor, op: "Placeholder" });
  }

  /** The function's outputs, the first of which waits for all that is written to variables. */
  endWith(ids: readonly number[]): GraphTensor[] {
    const [first, ...rest] = ids.map((id) => this.resolve(id));
    return first ? [...this.afterEffects([first]), ...rest] : [];
  }

  /** The same tensors, there once all that is written to variables has been written. */
  afterEffects(tensors: readonly GraphTensor[]): GraphTensor[] {
    return tensors.map((tensor) => {
      const oper = this.graph.addOp({
        name: "Identity",
        attributes: [],
        inputs: [tensor],
        after: this.#effects,
      });
      return this.graph.outputOf(oper, 0, { op: "Identity" });
    });
  }

  executeOp(call: TracedCall): TensorMetadata[] | undefined {
    const isSymbolic = call.inputs.some((id) => id <= firstSymbol);
    const isNoted = isSymbolic || listMakers.has(call.name) || this.graph.isStateful(call.name);
    if (!isNoted) return undefined;
    this.#noted.push(call);
    const alias = this.#alias(call);
    if (alias) return [alias];
    const inputs = call.inputs.map((id) => this.resolve(id));
    this.#check(call, inputs);
    const oper = this.#added(call, inputs);
    const length = Math.min(call.outputs, this.graph.outputCount(oper));
    return Array.from({ length }, (_, index) => this.#newSymbol({ call, inputs }, oper, index));
  }

  /** What the op would be refused for if it ran alone: here it would end the process when the function runs. */
  #check(call: TracedCall, tensors: readonly GraphTensor[]): void {
    const inputs = tensors.map(({ dtype, shape }, i) => ({ id: call.inputs[i] as number, dtype, shape }));
    checkOp({ ...call, inputs, values: ({ id }) => this.#valuesOf(id) });
  }

  /** Of a live tensor; undefined of a symbol. */
  #valuesOf(id: number): ArrayLike<number> | undefined {
    return id > firstSymbol ? (this.#binding.tensorDataSync(id) as ArrayLike<number>) : undefined;
  }

  /** The op in the graph: the one that is there where it computes the same. */
  #added(call: TracedCall, inputs: readonly GraphTensor[]): Pointer {
    const cheaper = this.#cheaper(call, inputs);
    if (this.graph.isStateful(cheaper.name)) return this.#addedWithEffect(call, cheaper);
    const narrow = this.narrow && inNarrow(cheaper, this.narrow, this.#growing);
    return narrow ? narrow.output.oper : this.#addedOnce(cheaper);
  }

  #addedOnce(op: Rewritten): Pointer {
    if (!applies("duplicates")) return this.graph.addOp(op);
    const key = opKey(op, op.inputs);
    const oper = this.#computed.get(key) ?? this.graph.addOp(op);
    this.#computed.set(key, oper);
    return oper;
  }

  #addedWithEffect(call: TracedCall, rewritten: Rewritten): Pointer {
    const variable = call.inputs.find((id) => this.#shapes.has(id));
    if (variable === undefined) return this.graph.addOp(rewritten);
    const oper = this.graph.addOp({ ...rewritten, after: this.#mustFollow(call.name, variable) });
    this.#recordAccess(call.name, variable, oper);
    return oper;
  }

  /** Where the op changes nothing, or undoes a reshape, what it stands for under a new id. */
  #alias(call: TracedCall): TensorMetadata | undefined {
    const [id = 0] = call.inputs;
    if (id > firstSymbol || !applies("identities")) return undefined;
    const symbol = this.#symbol(id);
    const valuesOf = (live: number) => this.#valuesOf(live);
    if (changesNothing(call, symbol.tensor, valuesOf)) return this.#metadata(symbol);
    const { base } = symbol;
    const undone = call.name === "Reshape" && base && changesNothing(call, base.tensor, valuesOf);
    return undone ? this.#metadata(base) : undefined;
  }

  #cheaper(call: TracedCall, inputs: readonly GraphTensor[]): Rewritten {
    const plain = { name: call.name, attributes: call.attributes, inputs };
    if (!this.rewrites || !applies("products")) return plain;
    return rewrite(call, inputs, (id) => (id <= firstSymbol ? this.#symbol(id).origin : undefined)) ?? plain;
  }

  /** What is computed from it is another computation than the same from the tensor itself: both stay in the graph. */
  heldBack(id: number, until: readonly number[]): TensorMetadata | undefined {
    if (id > firstSymbol) return undefined;
    const { tensor } = this.#symbol(id);
    const attributes = [{ name: "T", type: AttrType.type, value: tensor.dtype }];
    const after = until.filter((other) => other <= firstSymbol).map((other) => this.#symbol(other).tensor);
    const oper = this.graph.addOp({
      name: "Identity",
      attributes,
      inputs: [tensor],
      after: after.map(({ output }) => output.oper),
    });
    return this.#metadata({
      tensor: this.graph.outputOf(oper, 0, { op: "Identity", shape: tensor.shape }),
      op: "Identity",
    });
  }

  readValues(id: number): never {
    throw new CaptureError(
      `the values of ${this.#describe(id)} cannot be read while it is captured (by dataSync, data, array, print or a comparison): return the tensor, or choose by its values with tf.where`,
    );
  }

  #describe(id: number): string {
    const { op } = this.#symbol(id);
    if (op === "Placeholder") return "an argument";
    return op === "ReadVariableOp" ? "a variable" : `${op}'s output`;
  }

  #newSymbol(origin: Origin, oper: Pointer, index: number): TensorMetadata {
    const { call } = origin;
    const shape = call.name === "ReadVariableOp" ? this.#shapes.get(call.inputs[0] ?? 0) : undefined;
    const tensor = this.graph.outputOf(oper, index, { op: call.name, ...(shape && { shape }) });
    const [from = 0] = call.inputs;
    const reshaped = call.name === "Reshape" && from <= firstSymbol ? this.#symbol(from) : undefined;
    const base = reshaped && (reshaped.base ?? reshaped);
    return this.#metadata({ tensor, op: call.name, origin, ...(base && { base }) });
  }

  #metadata(symbol: Symbolic): TensorMetadata {
    this.#symbols.push(symbol);
    const { shape, dtype } = symbol.tensor;
    return { id: nextSymbol--, shape: [...shape], dtype };
  }

  /** A read waits for the write before it, a write also for the reads since then. */
  #mustFollow(op: string, variable: number): Pointer[] {
    const { reads, write } = this.#accesses.get(variable) ?? { reads: [] };
    const writes = write === undefined ? [] : [write];
    return op === "ReadVariableOp" ? writes : [...writes, ...reads];
  }

  #recordAccess(op: string, variable: number, oper: Pointer): void {
    if (op === "ReadVariableOp") {
      const before = this.#accesses.get(variable) ?? { reads: [] };
      this.#accesses.set(variable, { ...before, reads: [...before.reads, oper] });
      return;
    }
    this.#accesses.set(variable, { reads: [], write: oper });
    this.#effects.push(oper);
  }

  #symbol(id: number): Symbolic {
    const symbol = this.#symbols[this.#first - id];
    if (!symbol) throw new CaptureError("a tensor of another capture was used; each capture has its own");
    return symbol;
  }

  #constant(id: number): GraphTensor {
    const known = this.#constants.get(id);
    if (known) return known;
    const constant = this.#outside(id) ?? this.#sameConstant(this.#binding.handle(id, "capturing"));
    this.#constants.set(id, constant);
    return constant;
  }

  #sameConstant(handle: Handle): GraphTensor {
    const count = sizeOfShape(handle.shape);
    if (handle.dtype === DType.string || count > smallConstant || !applies("constants"))
      return this.#newConstant(handle);
    const values = this.#binding.tensorDataSync(handle.id) as NodeJS.TypedArray;
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const key = `${handle.dtype} ${handle.shape} ${bytes.toString("base64")}`;
    const constant = this.#smallConstants.get(key) ?? this.#newConstant(handle);
    this.#smallConstants.set(key, constant);
    return constant;
  }

  #newConstant({ pointer, dtype, shape }: Handle): GraphTensor {
    const { api, status } = this.#tf;
    const value = api.TFE_TensorHandleResolve(pointer, status);
    check(this.#tf, () => "reading a constant failed");
    const constant = this.graph.addConstant(value, { dtype, shape });
    api.TF_DeleteTensor(value);
    return constant;
  }
}
