import { expect, it } from "vitest";
import { GraphNames } from "../../../../src/native/export/graphNames.js";

it("gives each name once, as TensorFlow takes it", () => {
  const names = new GraphNames();
  const given = ["dense/kernel", "dense/kernel", "a b", "_x", "größe/", "/", "dense/kernel_1"];
  expect(given.map((name) => names.name(name))).toEqual([
    "dense/kernel",
    "dense/kernel_1",
    "a_b",
    "v_x",
    "gr__e",
    "v",
    "dense/kernel_1_1",
  ]);
});
