/** Turns the ops of one traced computation into a graph, instead of running them. */
import type { Binding, OpInterceptor } from "../binding.js";
import type { Pointer } from "../ffi.js";
import type { TensorMetadata } from "../handles.js";
import { check, type TensorFlow } from "../tensorflow.js";
import { CaptureError } from "./captureError.js";
import { Graph, type GraphTensor } from "./graph.js";
import { type Origin, type Rewritten, rewrite } from "./rewrite.js";
import { changesNothing, type TracedCall } from "./simplify.js";

/** Ids of symbols start here and fall; -1 is tfjs-node's own mark for a value not uploaded yet. */
const firstSymbol = -2;

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
  readonly #constants = new Map<number, GraphTensor>();
  readonly #shapes = new Map<number, readonly number[]>();
  readonly #accesses = new Map<number, Accesses>();
  readonly #effects: Pointer[] = [];
  /** Says whose value a live tensor is, if it must not become a constant. */
  readonly #ownerOf: (id: number) => string | undefined;

  constructor(tf: TensorFlow, binding: Binding, ownerOf: (id: number) => string | undefined) {
    this.#tf = tf;
    this.#binding = binding;
    this.#ownerOf = ownerOf;
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

  /** Ops that write to variables: a function must not end before they ran. */
  get effects(): readonly Pointer[] {
    return this.#effects;
  }

  executeOp(call: TracedCall): TensorMetadata[] | undefined {
    const isSymbolic = call.inputs.some((id) => id <= firstSymbol);
    if (!isSymbolic && !this.graph.isStateful(call.name) && call.name !== "Placeholder") return undefined;
    const alias = this.#alias(call);
    if (alias) return [alias];
    const variable = call.inputs.find((id) => this.#shapes.has(id));
    const after = variable === undefined ? undefined : this.#mustFollow(call.name, variable);
    const inputs = call.inputs.map((id) => this.resolve(id));
    const oper = this.graph.addOp({ ...this.#cheaper(call, inputs), ...(after && { after }) });
    if (variable !== undefined) this.#recordAccess(call.name, variable, oper);
    return Array.from({ length: call.outputs }, (_, index) => this.#newSymbol({ call, inputs }, oper, index));
  }

  /** Where the op changes nothing, or undoes a reshape, what it stands for under a new id. */
  #alias(call: TracedCall): TensorMetadata | undefined {
    const [id = 0] = call.inputs;
    if (id > firstSymbol) return undefined;
    const symbol = this.#symbol(id);
    const valuesOf = (live: number) =>
      live > firstSymbol ? (this.#binding.tensorDataSync(live) as ArrayLike<number>) : undefined;
    if (changesNothing(call, symbol.tensor, valuesOf)) return this.#metadata(symbol);
    const { base } = symbol;
    const undone = call.name === "Reshape" && base && changesNothing(call, base.tensor, valuesOf);
    return undone ? this.#metadata(base) : undefined;
  }

  #cheaper(call: TracedCall, inputs: readonly GraphTensor[]): Rewritten {
    const plain = { name: call.name, attributes: call.attributes, inputs };
    if (this.#tf.gpu !== undefined) return plain;
    return rewrite(call, inputs, (id) => (id <= firstSymbol ? this.#symbol(id).origin : undefined)) ?? plain;
  }

  readValues(id: number): never {
    throw new CaptureError(
      `the values of ${this.#symbol(id).op}'s output cannot be read while a step is captured (dataSync, data, array or print)`,
    );
  }

  #newSymbol(origin: Origin, oper: Pointer, index: number): TensorMetadata {
    const { call } = origin;
    const shape = call.name === "ReadVariableOp" ? this.#shapes.get(call.inputs[0] ?? 0) : undefined;
    const tensor = this.graph.outputOf(oper, index, { op: call.name, ...(shape && { shape }) });
    if (call.name === "Placeholder") this.inputs.push(tensor);
    const [from = 0] = call.inputs;
    const reshaped = call.name === "Reshape" && from <= firstSymbol ? this.#symbol(from) : undefined;
    const base = reshaped && (reshaped.base ?? reshaped);
    return this.#metadata({ tensor, op: call.name, origin, ...(base && { base }) });
  }

  #metadata(symbol: Symbolic): TensorMetadata {
    this.#symbols.push(symbol);
    const { shape, dtype } = symbol.tensor;
    return { id: firstSymbol - this.#symbols.length + 1, shape: [...shape], dtype };
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
    const symbol = this.#symbols[firstSymbol - id];
    if (!symbol) throw new CaptureError("a tensor of another capture was used; each capture has its own");
    return symbol;
  }

  #constant(id: number): GraphTensor {
    const known = this.#constants.get(id);
    if (known) return known;
    const owner = this.#ownerOf(id);
    if (owner !== undefined)
      throw new CaptureError(
        `the variable "${owner}" is none of the model's weights, so a capture would freeze its value`,
      );
    const { api, status } = this.#tf;
    const handle = this.#binding.handle(id, "capturing");
    const value = api.TFE_TensorHandleResolve(handle.pointer, status);
    check(this.#tf, () => "reading a constant failed");
    const constant = this.graph.addConstant(value, handle.dtype, handle.shape);
    api.TF_DeleteTensor(value);
    this.#constants.set(id, constant);
    return constant;
  }
}
