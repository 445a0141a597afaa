/**
 * Where a TensorFlow.js variable's value lives once a captured function writes to it: in a resource variable of
 * TensorFlow's, which the function changes in place. TensorFlow.js sees the value when it asks for it.
 */
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import type { Handle } from "./handles.js";
import { AttrType } from "./opAttributes.js";
import { ResourceVariable } from "./resourceVariable.js";
import { type TensorData, tensorMap } from "./tensorId.js";

/** What of the engine is needed to keep its books right while a variable's data changes hands. */
interface Engine {
  incRef(tensor: tf.Tensor, backend: null): void;
  disposeTensor(tensor: tf.Tensor): void;
  disposeVariable(variable: tf.Variable): void;
}

const engine = tf.engine() as unknown as Engine;

/** A variable's data, read from its resource at the first need since the last change. */
class LateValue implements TensorData {
  readonly values = null;
  readonly shape: number[];
  readonly dtype: number;
  refCount = 0;
  #resource: ResourceVariable | undefined;
  #id: number | undefined;

  constructor(resource: ResourceVariable) {
    this.#resource = resource;
    this.shape = [...resource.shape];
    this.dtype = resource.dtype;
  }

  get id(): number {
    if (this.#id === undefined && this.#resource) this.#id = read(this.#resource).id;
    return this.#id ?? -1;
  }

  /** The value is another one from now on. */
  forget(): void {
    if (this.#id !== undefined) binding.deleteTensor(this.#id);
    this.#id = undefined;
  }

  /** The value stays as it is, whatever happens to the resource. */
  settle(): void {
    if (this.refCount > 0) this.#id ??= this.id;
    this.#resource = undefined;
  }
}

/** Past whoever is tracing: the value is a real one. */
function read({ handle, dtype }: ResourceVariable): Handle {
  const attributes = [{ name: "dtype", type: AttrType.type, value: dtype }];
  const [value] = binding.execute({ name: "ReadVariableOp", attributes, inputs: [handle], outputs: 1 });
  return value as Handle;
}

/**
 * Lifecycle: made by the first call that writes to the variable; ends with it, disposed of or forgotten.
 * Invariant: between `lend` and `settle` the resource has the value, else it does unless the variable was assigned to.
 */
class StateVariable {
  readonly resource: ResourceVariable;
  #dataId: object | undefined;
  #value: LateValue | undefined;

  constructor(variable: tf.Variable) {
    this.resource = new ResourceVariable(variable);
  }

  /** The resource, with the variable's present value in it. */
  lend(variable: tf.Variable): Handle {
    const isOurs = variable.dataId === this.#dataId;
    if (!isOurs && this.#dataId !== undefined) this.resource.assign(variable);
    // Somebody else holds the present value, which must outlive the change.
    const isShared = isOurs && (this.#value?.refCount ?? 0) > 1;
    if (isShared) this.#value?.settle();
    if (!isOurs || isShared) this.#replaceData(variable);
    return this.resource.handle;
  }

  /** After a function wrote to the resource. */
  changed(): void {
    this.#value?.forget();
  }

  /** After the variable itself: what shares its value keeps it. */
  dispose(): void {
    this.#value?.settle();
    this.resource.dispose();
  }

  #replaceData(variable: tf.Variable): void {
    this.#value = new LateValue(this.resource);
    this.#dataId = {};
    tensorMap.set(this.#dataId, this.#value);
    engine.disposeTensor(variable);
    variable.dataId = this.#dataId;
    engine.incRef(variable, null);
  }
}

const states = new WeakMap<tf.Variable, StateVariable>();
const forgotten = new FinalizationRegistry<StateVariable>((state) => state.dispose());

/** The state of a variable that a captured function is about to change. */
export function stateVariable(variable: tf.Variable): StateVariable {
  const known = states.get(variable);
  if (known) return known;
  const state = new StateVariable(variable);
  states.set(variable, state);
  forgotten.register(variable, state, state);
  return state;
}

const disposeVariable = engine.disposeVariable.bind(engine);
engine.disposeVariable = (variable) => {
  disposeVariable(variable);
  const state = states.get(variable);
  if (!state) return;
  states.delete(variable);
  forgotten.unregister(state);
  state.dispose();
};
