/**
 * Frees tensors and variables that repeated work, such as a sweep's trials, made and forgot.
 *
 * TensorFlow's memory is invisible to JavaScript's garbage collector, and TensorFlow.js keeps a list of all variables
 * (and the layers of the last hundred models that ran), so that a model is never given back unless it is disposed.
 * Here it is, once no code can reach it any more: what the work keeps for its next time, in a variable of a cell or of
 * a module, lives on.
 */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { addCollector, type Collector } from "../base/leftovers.js";
import { backend, tf, wasmBackend } from "./backend.js";
import { binding } from "./binding.js";

/** What a backend knows of a tensor's data; an id below 0 is none of TensorFlow's. */
interface TensorData {
  readonly id: number;
  readonly shape: readonly number[];
  /** Where its values lie in WebAssembly's memory; null of texts. */
  readonly memoryOffset?: number | null;
}

interface DataMap {
  set(dataId: WeakKey, data: TensorData): void;
  delete(dataId: WeakKey): boolean;
  get(dataId: WeakKey): TensorData | undefined;
  has(dataId: WeakKey): boolean;
}

/** A collection takes some ten milliseconds, so it waits until there is so much to free, in bytes. */
const worthwhile = 16 * 2 ** 20;

/** Invariant: `made` holds the live data that were made while some work went on, and no others. */
class ForgottenTensors implements Collector {
  readonly #made = new Map<TensorData, WeakRef<WeakKey>>();
  /** Of these only what was made since the last collection counts. */
  readonly #survived = new Set<TensorData>();
  readonly #variables = new Map<string, WeakRef<tf.Variable>>();
  #known = new Set<string>();
  #running = 0;

  readonly #free: (data: TensorData) => void;

  constructor(data: DataMap, free: (data: TensorData) => void) {
    this.#free = free;
    const set = data.set.bind(data);
    const remove = data.delete.bind(data);
    data.set = (dataId, info) => {
      set(dataId, info);
      if (this.#running > 0) this.#made.set(info, new WeakRef(dataId));
    };
    data.delete = (dataId) => {
      if (this.#made.size > 0 && data.has(dataId)) this.#drop(data.get(dataId) as TensorData);
      return remove(dataId);
    };
  }

  begin(): void {
    if (this.#running++ === 0) this.#known = new Set(Object.keys(tf.engine().registeredVariables));
  }

  async end(): Promise<void> {
    if (--this.#running > 0) return;
    this.#noteVariables();
    if (this.#unsettled() >= worthwhile) await this.#collect();
  }

  /** Not in `end` itself: what a function names while it waits can be reached. */
  #noteVariables(): void {
    for (const [name, variable] of Object.entries(tf.engine().registeredVariables))
      if (!this.#known.has(name)) this.#variables.set(name, new WeakRef(variable));
  }

  /** Bytes of what may be garbage. */
  #unsettled(): number {
    let bytes = 0;
    for (const data of this.#made.keys())
      if (data.id >= 0 && !this.#survived.has(data)) bytes += data.shape.reduce((a, b) => a * b, 4);
    return bytes;
  }

  async #collect(): Promise<void> {
    const { registeredVariables } = tf.engine();
    for (const name of this.#variables.keys()) delete registeredVariables[name];
    forgetTopologies();
    // What a weak reference was made of or asked for lives on until the end of the present task.
    await setImmediate();
    collectGarbage();
    for (const [name, reference] of this.#variables) {
      const variable = reference.deref();
      if (variable && !variable.isDisposed) registeredVariables[name] = variable;
      else this.#variables.delete(name);
    }
    for (const [data, reference] of this.#made)
      if (reference.deref()) this.#survived.add(data);
      else {
        this.#drop(data);
        if (data.id >= 0) this.#free(data);
      }
  }

  #drop(data: TensorData): void {
    this.#made.delete(data);
    this.#survived.delete(data);
  }
}

/** TensorFlow.js keeps the order of a model's layers, and with it the layers, for models to come. */
function forgetTopologies(): void {
  const flag = "TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES";
  const entries = tf.env().getNumber(flag);
  tf.env().set(flag, 0);
  tf.env().set(flag, entries);
}

let garbageCollector: (() => void) | undefined;

function collectGarbage(): void {
  if (!garbageCollector) {
    setFlagsFromString("--expose-gc");
    garbageCollector = runInNewContext("gc") as () => void;
  }
  garbageCollector();
}

addCollector(
  wasmBackend
    ? new ForgottenTensors(wasmBackend.dataIdMap as DataMap, ({ id, memoryOffset }) => {
        if (memoryOffset) wasmBackend?.wasm._free(memoryOffset);
        wasmBackend?.wasm.tfjs.disposeData?.(id as never);
      })
    : new ForgottenTensors((backend as unknown as { tensorMap: DataMap }).tensorMap, ({ id }) =>
        binding.deleteTensor(id),
      ),
);
