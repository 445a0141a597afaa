import { basename } from "node:path";
import { expect, test } from "vitest";
import { tf } from "../../../src/native/index.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

const { dense, add, dropout } = tf.layers;

/** Two ways that meet, a layer used twice, and a model within. */
function model(): tf.LayersModel {
  const inner = tf.sequential({
    name: "inner",
    layers: [dense({ name: "first", units: 4, inputShape: [4] }), dropout({ name: "drop", rate: 0.1 })],
  });
  const input = tf.input({ shape: [3], name: "in" });
  const shared = dense({ name: "shared", units: 4, trainable: false });
  const a = shared.apply(input) as tf.SymbolicTensor;
  const b = inner.apply(a) as tf.SymbolicTensor;
  const c = shared.apply(dense({ name: "back", units: 3 }).apply(b)) as tf.SymbolicTensor;
  const out = add({ name: "sum" }).apply([b, c]) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: out });
}

test("a model's layers are drawn by TensorBoard as they are connected, and read back", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "graph", dir, sources: [] });
  run.graph(model());
  run.finish();
  const seen = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!.graph;
  const expected = [
    { name: "in", op: "InputLayer", inputs: [], shapes: [[-1, 3]], parameters: 0 },
    {
      name: "shared",
      op: "Dense",
      inputs: ["in", "back"],
      shapes: [
        [-1, 4],
        [-1, 4],
      ],
      parameters: 16,
    },
    { name: "inner/first", op: "Dense", inputs: [], shapes: [[-1, 4]], parameters: 20 },
    { name: "inner/drop", op: "Dropout", inputs: ["inner/first"], parameters: 0 },
    { name: "inner", op: "Sequential", inputs: ["shared"], shapes: [[-1, 4]], parameters: 20 },
    { name: "back", op: "Dense", inputs: ["inner"], shapes: [[-1, 3]], parameters: 15 },
    { name: "sum", op: "Add", inputs: ["inner", "shared"], shapes: [[-1, 4]], parameters: 0 },
  ];
  for (const node of expected) expect(seen.find(({ name }) => name === node.name)).toMatchObject(node);
  expect(seen.find(({ name }) => name === "shared")!.trainable).toBe(false);
  expect(seen.find(({ name }) => name === "back")!.trainable).toBe(true);

  const nodes = readRun(run.dir).graph!.nodes();
  expect(
    nodes.map(({ name, kind, inputs, parameters, trainable }) => ({
      name,
      op: kind,
      inputs,
      parameters,
      trainable,
    })),
  ).toEqual(seen.map(({ shapes: _, ...node }) => node));
  expect(nodes.find(({ name }) => name === "back")!.shapes).toEqual([[null, 3]]);
});

test.each([[undefined], [{}], [{ layers: [1] }]])("%j is no model", (given) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
  expect(() => run.graph(given as never)).toThrow(TypeError);
  expect(() => run.graph(given as never)).toThrow("graph: it must be a model with layers");
  run.finish();
  expect(readRun(run.dir).graph).toBeUndefined();
});
