/** The layers of a model of TensorFlow.js as a graph. */
import type { GraphNode } from "./graphDefinition.js";

/** What is needed of a layer, which the tracker does not know otherwise. */
export interface LayerLike {
  readonly name: string;
  readonly trainable?: boolean;
  readonly inboundNodes?: readonly InboundNode[];
  readonly layers?: readonly LayerLike[];
  getClassName(): string;
  countParams?(): number;
}

interface InboundNode {
  readonly inboundLayers: readonly LayerLike[];
  readonly outputShapes?: unknown;
}

/** A `tf.LayersModel`. */
export interface ModelLike {
  readonly layers: readonly LayerLike[];
}

/** @throws TypeError if it is no model with layers. */
export function modelGraph(model: ModelLike): GraphNode[] {
  const layers = (model as Partial<ModelLike> | null)?.layers;
  if (!Array.isArray(layers) || !layers.every((layer) => typeof layer?.getClassName === "function"))
    throw new TypeError(
      `graph: it must be a model with layers, such as a tf.LayersModel; got ${typeof model}`,
    );
  return nodesOf(layers, "");
}

/** Layers in the order of the model; those within a nested model stand under its name, before it. */
function nodesOf(layers: readonly LayerLike[], scope: string): GraphNode[] {
  const here = new Set(layers);
  return layers.flatMap((layer) => {
    const name = `${scope}${layer.name}`;
    const inner = Array.isArray(layer.layers) ? nodesOf(layer.layers, `${name}/`) : [];
    return [...inner, nodeOf(layer, { name, scope, here })];
  });
}

interface Surroundings {
  readonly name: string;
  readonly scope: string;
  /** A layer shared with another model is connected there too. */
  readonly here: ReadonlySet<LayerLike>;
}

function nodeOf(layer: LayerLike, { name, scope, here }: Surroundings): GraphNode {
  const calls = callsOf(layer, here);
  const inputs = calls.flatMap(({ inboundLayers }) => inboundLayers.filter((from) => here.has(from)));
  return {
    name,
    kind: layer.getClassName(),
    inputs: [...new Set(inputs.map((from) => `${scope}${from.name}`))],
    shapes: calls.flatMap(({ outputShapes }) => shapesOf(outputShapes)),
    parameters: layer.countParams?.() ?? 0,
    trainable: layer.trainable ?? true,
  };
}

/** In this model, whose inputs may be no layers of it; those of an input, and of a model by itself, have nothing going in. */
function callsOf({ inboundNodes = [] }: LayerLike, here: ReadonlySet<LayerLike>): readonly InboundNode[] {
  const isInput = (from: LayerLike) => from.getClassName() === "InputLayer";
  const calls = inboundNodes.filter(({ inboundLayers }) =>
    inboundLayers.every((from) => here.has(from) || isInput(from)),
  );
  const fed = calls.filter(({ inboundLayers }) => inboundLayers.length > 0);
  return fed.length > 0 ? fed : calls;
}

/** One shape, or a list of them. */
function shapesOf(given: unknown): (number | null)[][] {
  if (!Array.isArray(given)) return [];
  if (given.length > 0 && given.every(Array.isArray)) return given as (number | null)[][];
  return [given as (number | null)[]];
}
