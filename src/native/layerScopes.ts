/** To which layer what runs now belongs. TensorFlow.js does not know, so its engine and layers are watched. */
import { tf } from "./backend.js";

/** What looks like a layer from here. */
export interface ScopedLayer {
  readonly name: string;
  getClassName(): string;
}

export interface LayerScope {
  readonly layer: ScopedLayer;
  readonly pass: "forward" | "backward";
}

/** A stretch of time within a layer, as `performance.now()` tells it. */
export interface LayerSpan extends LayerScope {
  readonly begin: number;
  readonly end: number;
}

type SpanListener = (span: LayerSpan) => void;
type Thunks = Record<string, () => tf.Tensor>;

interface TapeNode {
  readonly outputs: readonly tf.Tensor[];
  gradient?: (dys: tf.Tensor[]) => Thunks;
}

/** The part of TensorFlow.js's engine that this file uses. */
interface Engine {
  addTapeNode(name: string, inputs: object, outputs: readonly tf.Tensor[], ...more: unknown[]): void;
  readonly state: { readonly activeTape: TapeNode[] };
}

interface Layers {
  apply(this: ScopedLayer, inputs: unknown, kwargs?: object): unknown;
}

const listeners = new Set<SpanListener>();
let current: LayerScope | undefined;
let unwatch: (() => void) | undefined;

/** The innermost layer that runs now: models in models count as the layers they consist of. */
export function layerScope(): LayerScope | undefined {
  return current;
}

/**
 * Until the function that it returns is called, `layerScope` knows the layer: during `layer.apply` on tensors, and
 * during the gradients of what ran in it. Every such stretch of time is told when it ends.
 */
export function watchLayers(listener: SpanListener): () => void {
  // A function of its own, so that the same listener may be given twice.
  const told: SpanListener = (span) => listener(span);
  listeners.add(told);
  unwatch ??= watchAll();
  return () => {
    listeners.delete(told);
    if (listeners.size > 0) return;
    unwatch?.();
    unwatch = undefined;
  };
}

function watchAll(): () => void {
  const restores = [watchApply(), watchTape()];
  return () => {
    for (const restore of restores) restore();
  };
}

function watchApply(): () => void {
  const prototype = tf.layers.Layer.prototype as unknown as Layers;
  const { apply } = prototype;
  prototype.apply = function watched(this: ScopedLayer, inputs, kwargs) {
    const run = () => apply.call(this, inputs, kwargs);
    return isModel(this) || isSymbolic(inputs) ? run() : within({ layer: this, pass: "forward" }, run);
  };
  return () => {
    prototype.apply = apply;
  };
}

function watchTape(): () => void {
  const engine = tf.engine() as unknown as Engine;
  const own = Object.getOwnPropertyDescriptor(engine, "addTapeNode");
  const { addTapeNode } = engine;
  engine.addTapeNode = (name, inputs, outputs, ...more) => {
    addTapeNode.call(engine, name, inputs, outputs, ...more);
    // Not always the last: `tapeOrder.ts` puts a kernel before what reads its outputs.
    const node = engine.state.activeTape.findLast((node) => node.outputs === outputs);
    if (current && node) scopeGradient(node, { layer: current.layer, pass: "backward" });
  };
  return () => {
    if (own) Object.defineProperty(engine, "addTapeNode", own);
    else delete (engine as Partial<Engine>).addTapeNode;
  };
}

/** A gradient's function gives functions in turn, one for each input: they too run ops. */
function scopeGradient(node: TapeNode, scope: LayerScope): void {
  const { gradient } = node;
  if (!gradient) return;
  node.gradient = (dys) => {
    const thunks = Object.entries(within(scope, () => gradient(dys)));
    return Object.fromEntries(thunks.map(([input, thunk]) => [input, () => within(scope, thunk)]));
  };
}

function within<T>(scope: LayerScope, work: () => T): T {
  const outer = current;
  const begin = performance.now();
  current = scope;
  try {
    return work();
  } finally {
    current = outer;
    const span = { ...scope, begin, end: performance.now() };
    for (const listener of listeners) listener(span);
  }
}

function isModel(layer: unknown): boolean {
  return layer instanceof tf.LayersModel;
}

function isSymbolic(inputs: unknown): boolean {
  const [first] = Array.isArray(inputs) ? inputs : [inputs];
  return first instanceof tf.SymbolicTensor;
}
