/** Where the layers of a model stand when its graph is drawn: inputs on top, each layer below those that feed it. */
import { type Edge, Graph, layout } from "@dagrejs/dagre";
import type { GraphNode } from "../track/graphDefinition.js";

export interface LayerBox {
  readonly node: GraphNode;
  /** Pixels; the box's middle. */
  readonly x: number;
  readonly y: number;
}

export interface LayerGraph {
  readonly boxes: readonly LayerBox[];
  /** From a layer to one that it feeds, as points of a line, pixels. */
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
  /** Pixels, from 0. */
  readonly width: number;
  readonly height: number;
}

/** Pixels of a box. */
export const boxSize = { width: 216, height: 34 } as const;

/** Inputs that no node has, such as a layer of another model's, have no line. */
export function layerGraph(nodes: readonly GraphNode[]): LayerGraph {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 24, ranksep: 22 });
  const known = new Set(nodes.map(({ name }) => name));
  for (const { name } of nodes) graph.setNode(name, { ...boxSize });
  for (const { name, inputs } of nodes)
    for (const input of inputs) {
      const from = inputNode(input, known);
      if (known.has(from)) graph.setEdge(from, name, {});
    }
  layout(graph);
  const boxes = nodes.map((node) => {
    const { x = 0, y = 0 } = graph.node(node.name);
    return { node, x, y };
  });
  const lines = graph.edges().map((edge: Edge) => graph.edge(edge).points ?? []);
  const { width = 0, height = 0 } = graph.graph();
  return { boxes, lines, width, height };
}

/**
 * Name of the node that an input comes from: TensorFlow writes `^node` where a node only waits for another, and `node:1` for
 * another than its first output (tensorflow/core/framework/node_def.proto).
 */
export function inputNode(input: string, known: ReadonlySet<string>): string {
  return known.has(input) ? input : input.replace(/^\^/, "").replace(/:\d+$/, "");
}
