import { expect, it } from "vitest";
import { opDef } from "../../../src/native/opDef.js";
import { tensorflow } from "../../../src/native/tensorflow.js";

const native = tensorflow();

it("knows which inputs are lists, and by which attribute they are counted", () => {
  expect(opDef(native, "ConcatV2").inputs).toEqual([
    { numberAttribute: "N", typeListAttribute: undefined },
    { numberAttribute: undefined, typeListAttribute: undefined },
  ]);
  expect(opDef(native, "IdentityN").inputs).toEqual([{ numberAttribute: undefined, typeListAttribute: "T" }]);
});

it("knows which ops have side effects", () => {
  expect(opDef(native, "ResourceApplyAdam").isStateful).toBe(true);
  expect(opDef(native, "RandomUniform").isStateful).toBe(true);
  expect(opDef(native, "StatelessRandomUniform").isStateful).toBe(false);
  expect(opDef(native, "MatMul").isStateful).toBe(false);
});

it("names an op that is none", () => {
  expect(() => opDef(native, "NoSuchOp")).toThrowError(/NoSuchOp is no op/);
});

it("knows which attributes a call must give, and their kinds", () => {
  const { attributes } = opDef(native, "Conv2D");
  expect(attributes.filter(({ isNeeded }) => isNeeded)).toEqual([
    { name: "strides", kind: "list(int)", isNeeded: true },
    { name: "padding", kind: "string", isNeeded: true },
  ]);
  expect(attributes).toContainEqual({ name: "T", kind: "type", isNeeded: false });
  expect(opDef(native, "Cast").attributes).toContainEqual({ name: "DstT", kind: "type", isNeeded: true });
});
