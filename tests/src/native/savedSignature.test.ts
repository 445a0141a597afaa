import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { graphOf, savedGraphs, signatureOf } from "../../../src/native/savedSignature.js";
import { exported } from "./exportedModels.js";

const bytes = (model: string) => readFileSync(join(exported(model), "saved_model.pb"));

it("reads graphs, their signatures and free sizes as TensorFlow wrote them", () => {
  const graphs = savedGraphs(bytes("versions"));
  expect(
    graphs.map(({ tags, signatures }) => [tags.join(), signatures.map(({ name }) => name).join()]),
  ).toEqual([
    ["serve", "serving_default,sparse"],
    ["serve,gpu", "serving_default"],
  ]);
  const tensor = { dtype: 1, shape: [-1] };
  expect(signatureOf(graphOf(graphs, ["gpu", "serve"]), "serving_default")).toEqual({
    name: "serving_default",
    inputs: [{ name: "x", graphName: "x:0", ...tensor }],
    outputs: [{ name: "y", graphName: "y:0", ...tensor }],
  });
  const [sparse] = signatureOf(graphOf(graphs, ["serve"]), "sparse").inputs;
  expect(sparse).toMatchObject({ name: "x", graphName: "" });
});

it("leaves out TensorFlow's own signature", () => {
  const file = bytes("classifier");
  expect(file.includes("__saved_model_init_op")).toBe(true);
  const [graph] = savedGraphs(file);
  expect(graph?.signatures.map(({ name }) => name)).not.toContain("__saved_model_init_op");
});

it("comes to an end with files that are none, and with torn ones", () => {
  expect(savedGraphs(new Uint8Array())).toEqual([]);
  expect(savedGraphs(new TextEncoder().encode("no saved model"))).toEqual([]);
  const file = bytes("keras");
  for (let length = 0; length < file.length; length += 997) savedGraphs(file.subarray(0, length));
});
