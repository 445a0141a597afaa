import { tf } from "../backend.js";
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import { AttrType } from "../opAttributes.js";
import { type TensorData, tensorId, tensorMap } from "../tensorId.js";
import type { GraphTensor } from "./graph.js";
import type { Tracer } from "./tracer.js";

/** What of the engine is needed to keep its books right while a variable's data changes hands. */
interface Engine {
  incRef(tensor: tf.Tensor, backend: null): void;
  disposeTensor(tensor: tf.Tensor): void;
}

/** A variable that the traced computation reads or writes. */
export interface TracedVariable {
  readonly variable: tf.Variable;
  /** Of its resource among the function's inputs. */
  readonly input: number;
  /** The symbol of the resource. */
  readonly resource: number;
  /** Its value when the function begins: a symbol. */
  readonly value: number;
  readonly dtype: number;
}

/** A variable's data during a trace: a symbol from the moment that somebody asks. */
class SymbolicValue implements TensorData {
  readonly values = null;
  readonly shape: number[];
  readonly dtype: number;
  refCount = 0;
  readonly #symbol: () => number;

  constructor(variable: tf.Variable, dtype: number, symbol: () => number) {
    this.shape = variable.shape;
    this.dtype = dtype;
    this.#symbol = symbol;
  }

  get id(): number {
    return this.#symbol();
  }
}

/**
 * TensorFlow.js's variables during one trace: read once when the function begins, written once when it ends, however
 * often the computation does so.
 *
 * Lifecycle: made when the trace begins, `restore` after it, whatever happened.
 * Invariant: in between no variable has its own data, so that the trace cannot change it, and a tensor that shares a
 * variable's data is not taken for the variable.
 */
export class TracedVariables {
  /** Those that `write` found assigned. */
  readonly written = new Set<tf.Variable>();
  readonly #engine = tf.engine() as unknown as Engine;
  readonly #tracer: Tracer;
  /** Each variable's own data, and the one it has meanwhile. */
  readonly #data = new Map<tf.Variable, { readonly own: object; readonly lent: object }>();
  readonly #traced = new Map<tf.Variable, TracedVariable>();
  readonly #check: (variable: tf.Variable) => void;
  #isOver = false;

  /** @param check throws for a variable that may not be used */
  constructor(tracer: Tracer, check: (variable: tf.Variable) => void = () => undefined) {
    this.#tracer = tracer;
    this.#check = check;
    for (const variable of Object.values(tf.engine().registeredVariables))
      if (!variable.isDisposed) this.#lend(variable);
  }

  /** Notes that the variables that were assigned are written. Part of the trace. */
  write(): void {
    for (const [variable, { lent }] of this.#data) {
      if (variable.dataId === lent) continue;
      const { resource, dtype } = this.#trace(variable);
      const attributes = [{ name: "dtype", type: AttrType.type, value: dtype }];
      binding.executeOp("AssignVariableOp", attributes, [resource, tensorId(variable)], 0);
      this.written.add(variable);
    }
  }

  /** By their resource's place among the function's inputs. */
  get traced(): ReadonlyMap<number, TracedVariable> {
    return new Map([...this.#traced.values()].map((traced) => [traced.input, traced]));
  }

  /** The symbol's tensor in the graph. */
  valueOf({ value }: TracedVariable): GraphTensor {
    return this.#tracer.resolve(value);
  }

  /** Gives every variable its own data back. */
  restore(): void {
    this.#isOver = true;
    for (const [variable, { own }] of this.#data) {
      this.#engine.disposeTensor(variable);
      variable.dataId = own;
    }
  }

  #lend(variable: tf.Variable): void {
    const own = variable.dataId;
    const { dtype } = tensorMap.get(own) as TensorData;
    const lent = {};
    const symbol = () => (this.#isOver ? -1 : this.#trace(variable).value);
    tensorMap.set(lent, new SymbolicValue(variable, dtype, symbol));
    this.#data.set(variable, { own, lent });
    variable.dataId = lent;
    this.#engine.incRef(variable, null);
  }

  #trace(variable: tf.Variable): TracedVariable {
    const known = this.#traced.get(variable);
    if (known) return known;
    this.#check(variable);
    const { own } = this.#data.get(variable) as { own: object };
    const { dtype } = tensorMap.get(own) as TensorData;
    const input = this.#tracer.inputs.length;
    const { id: resource } = this.#tracer.input(DType.resource, []);
    this.#tracer.declareVariable(resource, variable.shape);
    const attributes = [{ name: "dtype", type: AttrType.type, value: dtype }];
    const [read] = binding.executeOp("ReadVariableOp", attributes, [resource], 1);
    const traced = { variable, input, resource, value: (read as { id: number }).id, dtype };
    this.#traced.set(variable, traced);
    return traced;
  }
}
