/** A computation captured as one TensorFlow function: one call runs all of it. */
import type { Pointer } from "../ffi.js";
import type { Handle } from "../handles.js";
import { isWatched, noteCapture, noteOp } from "../opWatch.js";
import { check, type TensorFlow } from "../tensorflow.js";
import type { Graph, GraphTensor } from "./graph.js";

export interface FunctionBody {
  readonly inputs: readonly GraphTensor[];
  readonly outputs: readonly GraphTensor[];
  /** In messages and profiles; default `captured step`. */
  readonly label?: string;
  /** When its capture began, as `performance.now()` tells it; undefined of a part of another function. */
  readonly begin?: number;
}

let count = 0;

/**
 * Lifecycle: made from a graph (which may be deleted then), called any number of times, disposed once.
 * Invariant: `inputs` handles are given in the order of the body's inputs; the outputs' handles are the caller's.
 */
export class CapturedFunction {
  readonly name: string;
  /** How many ops it has, constants among them; inputs are not. */
  readonly ops: number;
  /** What noting its ops took, in milliseconds; 0 of a part. */
  readonly tracing: number;
  #firstRun: number | undefined;
  readonly #tf: TensorFlow;
  readonly #inputs: number;
  readonly #outputs: number;
  /** Reused by every call on this thread: memory that native code has seen is dear to free. */
  readonly #results: BigUint64Array;
  readonly #length = new Int32Array(1);
  readonly #label: string;
  readonly #running = () => `running the ${this.#label} failed`;

  constructor(tf: TensorFlow, graph: Graph, body: FunctionBody) {
    this.#tf = tf;
    this.name = `tunelab_${process.pid}_${count++}`;
    this.#label = body.label ?? "captured step";
    this.#inputs = body.inputs.length;
    this.#outputs = body.outputs.length;
    this.#results = new BigUint64Array(this.#outputs);
    const { api, status } = tf;
    const needed = graph.needed(body.outputs, body.inputs);
    this.ops = needed.length;
    const definition = api.TF_GraphToFunction(
      graph.pointer,
      this.name,
      0,
      needed.length,
      BigUint64Array.from(needed, ({ oper }) => oper),
      body.inputs.length,
      body.inputs.map(({ output }) => output),
      body.outputs.length,
      body.outputs.map(({ output }) => output),
      null,
      null,
      "",
      status,
    );
    check(tf, () => "turning the captured graph into a function failed");
    api.TFE_ContextAddFunction(tf.context, definition, status);
    api.TF_DeleteFunction(definition);
    check(tf, () => "adding the captured function failed");
    this.tracing = body.begin === undefined ? 0 : performance.now() - body.begin;
    if (body.begin !== undefined) noteCapture(this.tracing);
  }

  /** Milliseconds of its first run, in which TensorFlow also prepares the graph; undefined before that has ended. */
  get firstRun(): number | undefined {
    return this.#firstRun;
  }

  /** Runs on this thread. */
  run(inputs: readonly Handle[]): Pointer[] {
    const { api, status } = this.#tf;
    const op = this.#newOp(inputs, status);
    try {
      this.#length[0] = this.#outputs;
      const begin = performance.now();
      api.TFE_Execute(op, this.#results, this.#length, status);
      this.#ran(begin, false);
      check(this.#tf, this.#running);
      return Array.from(this.#results);
    } finally {
      api.TFE_DeleteOp(op);
    }
  }

  /** Runs on a thread of its own, so that the event loop goes on. */
  async runAside(inputs: readonly Handle[]): Promise<Pointer[]> {
    const { api } = this.#tf;
    const status = api.TF_NewStatus();
    let op: Pointer | undefined;
    try {
      op = this.#newOp(inputs, status);
      const results = new BigUint64Array(this.#outputs);
      const length = Int32Array.of(this.#outputs);
      const begin = performance.now();
      await new Promise<void>((resolve, reject) => {
        api.TFE_Execute.async(op as Pointer, results, length, status, (error) =>
          error ? reject(error) : resolve(),
        );
      });
      this.#ran(begin, true);
      check(this.#tf, this.#running, status);
      return Array.from(results);
    } finally {
      if (op !== undefined) api.TFE_DeleteOp(op);
      api.TF_DeleteStatus(status);
    }
  }

  dispose(): void {
    this.#tf.api.TFE_ContextRemoveFunction(this.#tf.context, this.name, this.#tf.status);
    check(this.#tf, () => "removing a captured function failed");
  }

  #ran(begin: number, aside: boolean): void {
    const isFirst = this.#firstRun === undefined;
    if (!isFirst && !isWatched()) return;
    const end = performance.now();
    this.#firstRun ??= end - begin;
    noteOp({ name: this.#label, begin, end, aside, isFirst });
  }

  #newOp(inputs: readonly Handle[], status: Pointer): Pointer {
    if (inputs.length !== this.#inputs)
      throw new RangeError(
        `the ${this.#label} takes ${this.#inputs} tensors, but was given ${inputs.length}`,
      );
    const { api, context } = this.#tf;
    const op = api.TFE_NewOp(context, this.name, status);
    check(this.#tf, this.#running, status);
    try {
      for (const { pointer } of inputs) api.TFE_OpAddInput(op, pointer, status);
      check(this.#tf, this.#running, status);
      return op;
    } catch (error) {
      api.TFE_DeleteOp(op);
      throw error;
    }
  }
}
