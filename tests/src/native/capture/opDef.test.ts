import { afterAll, expect, it } from "vitest";
import { opDef } from "../../../../src/native/capture/opDef.js";
import { tensorflow } from "../../../../src/native/tensorflow.js";

const native = tensorflow();
const graph = native.api.TF_NewGraph();
afterAll(() => native.api.TF_DeleteGraph(graph));

it("knows which inputs are lists, and by which attribute they are counted", () => {
  expect(opDef(native, graph, "ConcatV2").inputs).toEqual([
    { numberAttribute: "N", typeListAttribute: undefined },
    { numberAttribute: undefined, typeListAttribute: undefined },
  ]);
  expect(opDef(native, graph, "IdentityN").inputs).toEqual([
    { numberAttribute: undefined, typeListAttribute: "T" },
  ]);
});

it("knows which ops have side effects", () => {
  expect(opDef(native, graph, "ResourceApplyAdam").isStateful).toBe(true);
  expect(opDef(native, graph, "RandomUniform").isStateful).toBe(true);
  expect(opDef(native, graph, "StatelessRandomUniform").isStateful).toBe(false);
  expect(opDef(native, graph, "MatMul").isStateful).toBe(false);
});

it("names an op that is none", () => {
  expect(() => opDef(native, graph, "NoSuchOp")).toThrowError(/NoSuchOp is no op/);
});
