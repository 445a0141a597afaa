/** What TensorFlow's ops cost while somebody looks. */
import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { binding } from "./binding.js";
import { needTensorflow } from "./core.js";
import { type LayerCost, LayerCosts, type OutsideCost } from "./layerCosts.js";
import { type LayerSpan, layerScope, watchLayers } from "./layerScopes.js";
import { type OpEvent, OpEvents } from "./opEvents.js";
import { opFlops } from "./opFlops.js";
import { type OpWatcher, type SeenOp, type SeenTensor, watchOps } from "./opWatch.js";
import { tensorBytes } from "./tensorBytes.js";

/** Of one op, or of a captured step, which runs as one. */
export interface OpCost {
  /** TensorFlow's name, such as `MatMul`; `captured step` for a step that runs as one function. */
  readonly name: string;
  readonly calls: number;
  /** Wall time in TensorFlow, all calls together. */
  readonly milliseconds: number;
  /**
   * Floating-point operations of all calls: two for each multiplication that is added to a sum. Known of products of
   * matrices, convolutions and their gradients; undefined of all else.
   */
  readonly flops: number | undefined;
  /** What the outputs of all calls take in memory; undefined of a captured step, whose ops are not seen. */
  readonly bytes: number | undefined;
}

/** What captures cost that were made meanwhile, in milliseconds. Each holds for batches of one shape. */
export interface CapturesCost {
  readonly count: number;
  /** What noting their ops took, in JavaScript. */
  readonly tracing: number;
  /** Their first runs, in which TensorFlow also prepares the graphs: in the ops' costs too. */
  readonly firstRuns: number;
}

/** What `profileOps` tells. */
export interface OpProfile<T> {
  /** What the work gave. */
  readonly value: T;
  /** The dearest first. */
  readonly ops: readonly OpCost[];
  readonly captures: CapturesCost;
  /**
   * The most that the tensors outside of captured steps took at once, in bytes, those from before included. What
   * TensorFlow takes within an op is not in it, nor are the variables of captured steps; tensors that share memory
   * count each.
   */
  readonly peakBytes: number;
  /**
   * With `eager`: what each layer's ops cost, forward and backward, from the input on. A model within a model counts as
   * its layers.
   */
  readonly layers: readonly LayerCost[];
  /** What ran in no layer. With the layers it sums to all ops. */
  readonly outside: OutsideCost;
  /** Each op by itself, for `chromeTrace` and `saveProfile`: the first 200,000. */
  readonly events: readonly OpEvent[];
  /** How many came after these. */
  readonly eventsLeftOut: number;
  /** When it began: milliseconds since 1970. */
  readonly beganAt: number;
}

export interface ProfileOptions {
  /** Run training steps op by op, so that each op of theirs is seen. Slower than the captured step. Default false. */
  readonly eager?: boolean;
}

const known: OptionNames<ProfileOptions> = { eager: true };

/**
 * Runs `work` and tells what TensorFlow's ops cost meanwhile, the dearest first. On a GPU an op's time is that of
 * handing it over: what it computes is waited for where its values are read.
 *
 * @throws TypeError unless the work is a function, RangeError for an option there is not; nothing ran then.
 * @example const { value, ops } = await profileOps(() => fit(model, mnist, { epochs: 1 }), { eager: true });
 */
export async function profileOps<T>(
  work: () => T | Promise<T>,
  options: ProfileOptions = {},
): Promise<OpProfile<T>> {
  if (typeof work !== "function")
    throw new TypeError(
      `profileOps needs a function that does the work, such as () => model.predict(x); it was given ${(work as unknown) instanceof Promise ? "a promise: what it does has begun already" : (JSON.stringify(work) ?? String(work))}`,
    );
  refuseUnknown("profileOps", options, known);
  const { eager = false } = options;
  needTensorflow("profiling TensorFlow's ops");
  const costs = new Costs(eager);
  const stops = [watchOps(costs), ...(eager ? [watchLayers((span) => costs.spanned(span))] : [])];
  try {
    const value = await work();
    const { captures, events, peakBytes } = costs;
    const { list, leftOut } = events;
    return {
      value,
      ops: costs.ops(),
      captures,
      peakBytes,
      ...costs.layers.result(),
      events: list,
      eventsLeftOut: leftOut,
      beganAt: performance.timeOrigin + costs.began,
    };
  } finally {
    for (const stop of stops) stop();
  }
}

/** Adds up what is seen. */
class Costs implements OpWatcher {
  readonly eager: boolean;
  readonly began = performance.now();
  readonly events = new OpEvents(this.began);
  readonly layers = new LayerCosts();
  captures: CapturesCost = { count: 0, tracing: 0, firstRuns: 0 };
  readonly #byName = new Map<string, OpCost>();
  #bytes = binding.heldBytes();
  #peak = this.#bytes;

  constructor(eager: boolean) {
    this.eager = eager;
  }

  get peakBytes(): number {
    return this.#peak;
  }

  ran(op: SeenOp): void {
    const { name, begin, end, outputs, aside, isFirst } = op;
    if (isFirst) this.captures = { ...this.captures, firstRuns: this.captures.firstRuns + end - begin };
    const scope = aside ? undefined : layerScope();
    const flops = flopsOf(op);
    const bytes = outputs?.reduce((sum, output) => sum + tensorBytes(output), 0);
    this.events.add(op, { scope, flops, bytes });
    this.layers.add(scope, { milliseconds: end - begin, flops, bytes });
    const before = this.#byName.get(name);
    this.#byName.set(name, {
      name,
      calls: (before?.calls ?? 0) + 1,
      milliseconds: (before?.milliseconds ?? 0) + end - begin,
      flops: sum(before, before?.flops, flops),
      bytes: sum(before, before?.bytes, bytes),
    });
  }

  spanned(span: LayerSpan): void {
    this.layers.spanned(span);
    this.events.addSpan(span);
  }

  captured(milliseconds: number): void {
    const { count, tracing } = this.captures;
    this.captures = { ...this.captures, count: count + 1, tracing: tracing + milliseconds };
  }

  held(tensor: SeenTensor, freed: boolean): void {
    this.#bytes += freed ? -tensorBytes(tensor) : tensorBytes(tensor);
    this.#peak = Math.max(this.#peak, this.#bytes);
  }

  ops(): OpCost[] {
    return [...this.#byName.values()].sort((a, b) => b.milliseconds - a.milliseconds);
  }
}

/** Known only if it is known of every call. */
function sum(before: unknown, known: number | undefined, more: number | undefined): number | undefined {
  if (before === undefined) return more;
  return known === undefined || more === undefined ? undefined : known + more;
}

function flopsOf({ name, attributes, inputs, outputs }: SeenOp): number | undefined {
  if (!attributes || !inputs || !outputs) return undefined;
  const shapes = (tensors: readonly SeenTensor[]) => tensors.map(({ shape }) => shape);
  return opFlops({ name, attributes, inputs: shapes(inputs), outputs: shapes(outputs) });
}
