/** The calls of one captured function: which capture serves them, with which seed, and what they give. */
import { inspect } from "node:util";
import { type Random, random } from "../../base/random.js";
import { tf } from "../backend.js";
import { binding } from "../binding.js";
import { core, needTensorflow, onWasm, withoutLibrary } from "../core.js";
import { wantsEagerSteps } from "../opWatch.js";
import { hasSeed, seedValues, withSeed } from "../random.js";
import { traceBackward, withGradient } from "./capturedGradient.js";
import { CaptureError } from "./captureError.js";
import type { CaptureNote, CaptureOptions } from "./captureOptions.js";
import type { Explanation } from "./explanation.js";
import { recordedGradients } from "./freshTape.js";
import { runTraced } from "./runTraced.js";
import { putTogether, type Structure, signatureOf, type Taken, takeApart } from "./structure.js";
import { type TracedEntry, TracedStore } from "./tracedStore.js";
import { traceFunction } from "./traceFunction.js";

type Fn = (...values: readonly unknown[]) => unknown;

/** Functions that nobody can call any more. */
const forgotten = new FinalizationRegistry<TracedStore>((store) => store.dispose());

/** Lifecycle: made with the function, disposed once; or forgotten, and freed then. */
export class CapturedCalls {
  readonly name: string;
  readonly #fn: Fn;
  readonly #eager: NonNullable<CaptureOptions["eager"]>;
  readonly #store: TracedStore;
  readonly #capacity: number;
  readonly #chance: Random;
  /** By signature, why it runs op by op. */
  readonly #reasons = new Map<string, string>();
  #made = 0;
  #disposed = false;

  constructor(fn: Fn, { name, seed, capacity = 16, eager = "never" }: CaptureOptions) {
    if (!Number.isSafeInteger(capacity) || capacity < 1)
      throw new RangeError(`capture needs a capacity of at least 1, but was given ${inspect(capacity)}`);
    if (!["never", "fallback", "always"].includes(eager))
      throw new RangeError(
        `capture needs eager to be never, fallback or always, but was given ${inspect(eager)}`,
      );
    if (seed !== undefined) seedValues(seed);
    this.name = name ?? (fn.name || "function");
    this.#fn = fn;
    this.#eager = eager;
    this.#capacity = capacity;
    this.#store = new TracedStore(capacity);
    this.#chance = random(seed ?? Math.floor(Math.random() * 2 ** 53));
    forgotten.register(this, this.#store, this);
  }

  get captures(): readonly CaptureNote[] {
    return [...this.#store.entries].map(([signature, { forward }]) => ({
      signature,
      milliseconds: forward.explanation.milliseconds,
    }));
  }

  get reasons(): readonly string[] {
    return [...new Set(this.#reasons.values())];
  }

  /** @param seed of this call alone; else the next of the function's own */
  call(values: readonly unknown[], seed?: number): unknown {
    if (this.#disposed)
      throw new ReferenceError(`the captured ${this.name} was called after it was disposed`);
    const own = seed === undefined ? undefined : seedValues(seed);
    // Inside another capture, or a step that runs op by op, it is a part of that.
    if (binding.isTracing || hasSeed()) return own ? this.#runEagerly(values, own) : this.#fn(...values);
    const drawn = own ?? seedValues(this.#chance.seed());
    const gradients = recordedGradients();
    if (onWasm && this.#eager !== "always") this.#noteMissing();
    if (onWasm || this.#eager === "always" || wantsEagerSteps() || gradients > 1)
      return this.#runEagerly(values, drawn);
    const taken = takeApart(values, "the arguments", "argument");
    const signature = signatureOf(taken);
    const entry = this.#entry(signature, taken);
    if (!entry) return this.#runEagerly(values, drawn);
    const { seed: fed } = this.#store;
    fed.write(drawn);
    const results =
      gradients === 0
        ? runTraced(entry.forward, { arguments: taken.tensors, seed: fed.handle })
        : this.#withGradient({ entry, taken, signature, drawn });
    return putTogether(entry.result, results);
  }

  explain(values: readonly unknown[]): Explanation {
    needTensorflow(`capturing ${this.name}`);
    const [last] = [...this.#store.entries.values()].slice(-1);
    if (values.length === 0 && last) return last.forward.explanation;
    const taken = takeApart(values, "the arguments", "argument");
    return this.#captured(signatureOf(taken), taken).forward.explanation;
  }

  forget(): void {
    this.#store.clear();
    this.#reasons.clear();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    forgotten.unregister(this);
    this.#store.dispose();
  }

  /** Without TensorFlow's library nothing is captured. */
  #noteMissing(): void {
    const what = `capturing ${this.name}`;
    if (this.#eager === "never") needTensorflow(what);
    this.#reasons.set("any", withoutLibrary(what, core.asked));
  }

  /** Undefined where it has to run op by op. */
  #entry(signature: string, taken: Taken): TracedEntry | undefined {
    if (this.#reasons.has(signature)) return undefined;
    try {
      return this.#captured(signature, taken);
    } catch (error) {
      if (this.#eager !== "fallback" || !(error instanceof CaptureError)) throw error;
      this.#reasons.set(signature, error.message);
      return undefined;
    }
  }

  #captured(signature: string, taken: Taken): TracedEntry {
    return this.#store.entry(signature, () => {
      this.#warnOfMany(++this.#made);
      let result: Structure | undefined;
      const forward = traceFunction({
        label: this.#label,
        arguments: taken.tensors,
        compute: (symbols) => {
          const { structure, tensors } = this.#compute(taken.structure, symbols);
          result = structure;
          // A graph function needs an output, if only to wait for what is written.
          return tensors.length > 0 ? tensors : [tf.scalar(0)];
        },
      });
      return { forward, result: result as Structure };
    });
  }

  #compute(structure: Structure, symbols: readonly tf.Tensor[]): Taken {
    const result = this.#fn(...(putTogether(structure, symbols) as unknown[]));
    return takeApart(result, "the result", "result");
  }

  #withGradient(of: { entry: TracedEntry; taken: Taken; signature: string; drawn: Int32Array }): tf.Tensor[] {
    const { entry, taken, signature, drawn } = of;
    return withGradient(entry.forward, {
      arguments: taken.tensors,
      seed: this.#store.seed,
      drawn,
      backward: (backward) => {
        const kept = this.#captured(signature, taken);
        kept.backward ??= traceBackward(
          this.#label,
          (symbols) => this.#compute(taken.structure, symbols).tensors,
          backward,
        );
        return kept.backward;
      },
    });
  }

  get #label(): string {
    return `captured ${this.name}`;
  }

  #runEagerly(values: readonly unknown[], seed: Int32Array): unknown {
    let result: unknown;
    tf.tidy(() => {
      const { structure, tensors } = takeApart(
        withSeed(tf.tensor1d(seed, "int32"), () => this.#fn(...values)),
        "the result",
        "result",
      );
      // As of a capture: what is returned is nobody else's.
      const own = tensors.map((tensor) => tensor.clone());
      result = putTogether(structure, own);
      return own;
    });
    return result;
  }

  #warnOfMany(made: number): void {
    if (made !== 2 * this.#capacity) return;
    process.emitWarning(
      `the captured ${this.name} was captured ${made} times: numbers and texts among its arguments are part of a capture, so give those that change as tensors (tf.scalar)`,
    );
  }
}
