import { expect, it } from "vitest";
import { boxSize, layerGraph } from "../../../src/board/layerGraph.js";
import type { GraphNode } from "../../../src/track/graphDefinition.js";

const node = (name: string, ...inputs: string[]): GraphNode => ({ name, kind: "Dense", inputs, shapes: [] });

it("knows inputs as TensorFlow writes them: another output, and what a node only waits for", () => {
  const nodes = [node("a"), node("b", "a:1", "^a"), node("c:2", "^b"), node("d", "c:2", "b:0", "c:2:1")];
  expect(layerGraph(nodes).lines).toHaveLength(4);
});

it("puts each layer below those that feed it, without two boxes over each other", () => {
  const nodes = [
    node("in"),
    node("a", "in"),
    node("b", "in"),
    node("c", "a", "b", "elsewhere"),
    node("d", "c", "in"),
  ];
  const { boxes, lines, width, height } = layerGraph(nodes);
  const place = new Map(boxes.map((box) => [box.node.name, box]));
  for (const { name, inputs } of nodes)
    for (const input of inputs.filter((from) => from !== "elsewhere"))
      expect(place.get(name)?.y).toBeGreaterThan((place.get(input)?.y ?? 0) + boxSize.height);
  expect(lines).toHaveLength(6);
  for (const [i, one] of boxes.entries()) {
    expect(one.x - boxSize.width / 2).toBeGreaterThanOrEqual(0);
    expect(one.x + boxSize.width / 2).toBeLessThanOrEqual(width + 1e-6);
    expect(one.y + boxSize.height / 2).toBeLessThanOrEqual(height + 1e-6);
    for (const other of boxes.slice(i + 1))
      expect(Math.abs(one.x - other.x) >= boxSize.width || Math.abs(one.y - other.y) >= boxSize.height).toBe(
        true,
      );
  }
});
