/** The layers of each run's model, what each puts out and how many parameters it has. */
import type { GraphNode } from "../../track/graphDefinition.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { boxSize, inputNode, layerGraph } from "../layerGraph.js";
import { edge, written } from "../look.js";
import { neutral } from "../palette.js";
import { pixelPlace } from "../pixelPlace.js";
import { chartTitle, mutedLine, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";

/** More boxes than this nobody can read: of such a graph the outermost names are drawn. */
const mostBoxes = 150;

/** Runs of one model share its drawing. Nothing where no run has a graph. */
export function graphs(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  const models = new Map<string, { readonly nodes: readonly GraphNode[]; readonly labels: string[] }>();
  for (const { label, media } of runs) {
    const nodes = media?.graph ?? [];
    if (nodes.length === 0) continue;
    const key = JSON.stringify(nodes);
    const known = models.get(key) ?? { nodes, labels: [] };
    known.labels.push(label);
    models.set(key, known);
  }
  if (models.size === 0) return [];
  const cards = [...models.values()].map(({ nodes, labels }) => graphChart(nodes, labels.join(", "), style));
  return [{ title: "model graph: layers, shapes they put out, parameters", columns: 1, cards }];
}

function graphChart(all: readonly GraphNode[], label: string, style: PanelStyle): Spec {
  const nodes = all.length > mostBoxes ? outermost(all) : all;
  if (nodes.length > mostBoxes)
    return mutedLine(
      `${label}: a graph of ${all.length} nodes is not drawn here; TensorBoard's Graphs page shows it`,
      style,
    );
  const { boxes, lines, width, height } = layerGraph(nodes);
  const scale = Math.min(1, style.row / width);
  const rows = boxes.map(({ node, x, y }): Cell[] => [
    (x - boxSize.width / 2) * scale,
    (x + boxSize.width / 2) * scale,
    y - boxSize.height / 2,
    y + boxSize.height / 2,
    x * scale,
    node.name,
    detailsOf(node),
    node.trainable === false ? "frozen" : "",
  ]);
  const columns = {
    left: "number",
    right: "number",
    top: "number",
    bottom: "number",
    middle: "number",
    name: "string",
    details: "string",
    frozen: "string",
  } as const;
  const points = lines.flatMap((line, i) => line.map(({ x, y }, order): Cell[] => [i, order, x * scale, y]));
  const text = (field: string, dy: number, more: Spec): Spec => ({
    mark: { type: "text", style: written, dy, fontSize: 10, limit: boxSize.width * scale - 10, ...more },
    encoding: {
      x: pixelPlace("middle"),
      y: { ...pixelPlace("top"), bandPosition: 0 },
      text: { field, type: "nominal" },
    },
  });
  const parameters = nodes.reduce((sum, node) => sum + (node.parameters ?? 0), 0);
  return {
    title: {
      ...chartTitle(label, `${nodes.length} layers, ${parameters.toLocaleString("en")} parameters`),
      limit: style.row,
    },
    width: Math.ceil(width * scale),
    height: Math.ceil(height),
    data: inlineData(columns, rows),
    layer: [
      {
        data: inlineData({ i: "number", o: "number", x: "number", y: "number" }, points),
        mark: { type: "line", color: neutral, strokeWidth: 1.2, interpolate: "monotone" },
        encoding: {
          x: pixelPlace("x"),
          y: pixelPlace("y"),
          detail: { field: "i", type: "nominal" },
          order: { field: "o", type: "quantitative" },
        },
      },
      {
        mark: { type: "rect", cornerRadius: 4, style: edge, color: "#2a86d8", opacity: 0.16, strokeWidth: 1 },
        encoding: {
          x: pixelPlace("left"),
          x2: { field: "right" },
          y: pixelPlace("top"),
          y2: { field: "bottom" },
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "name", title: "layer" },
                  { field: "details", title: "puts out" },
                  { field: "frozen", title: "training" },
                ],
              }
            : {}),
        },
      },
      text("name", 12, { fontWeight: "bold" }),
      text("details", 25, {}),
    ],
  };
}

function detailsOf({ kind, shapes, parameters, trainable }: GraphNode): string {
  const shape = shapes.map((one) => `[${one.map((size) => size ?? "n").join(", ")}]`).join(" ");
  const count = parameters
    ? `, ${parameters.toLocaleString("en")}${trainable === false ? " frozen" : ""}`
    : "";
  return `${kind}${shape && ` ${shape}`}${count}`;
}

/** What has the same first part of its name becomes one node. */
function outermost(nodes: readonly GraphNode[]): GraphNode[] {
  const known = new Set(nodes.map(({ name }) => name));
  const first = (name: string) => inputNode(name, known).split("/")[0] as string;
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const group = groups.get(first(node.name));
    if (group) group.push(node);
    else groups.set(first(node.name), [node]);
  }
  return [...groups].map(([name, members]) => {
    const last = members.at(-1) as GraphNode;
    if (members.length === 1) return { ...last, name, inputs: [...new Set(last.inputs.map(first))] };
    return {
      name,
      kind: `${members.length} nodes`,
      inputs: [...new Set(members.flatMap(({ inputs }) => inputs.map(first)))].filter(
        (input) => input !== name,
      ),
      shapes: last.shapes,
      parameters: members.reduce((sum, { parameters = 0 }) => sum + parameters, 0),
    };
  });
}
