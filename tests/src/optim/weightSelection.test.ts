import { expect, it } from "vitest";
import type { WeightInfo } from "../../../src/optim/optimizer.js";
import { checkNamesIn, maskOf, type WeightSelection } from "../../../src/optim/weightSelection.js";

const weights: readonly WeightInfo[] = [
  { name: "conv/kernel", shape: [3, 3, 1, 4] },
  { name: "conv/bias", shape: [4] },
  { name: "norm/gamma", shape: [4, 4] },
  { name: "norm/beta", shape: [4] },
  { name: "lstm/recurrent_kernel", shape: [8, 32] },
  { name: "block/inner/kernel", shape: [4, 4] },
  { name: "embedding/embeddings", shape: [10, 4] },
  { name: "dense/bias_1", shape: [4, 4] },
];
const chosen = (selection: WeightSelection) =>
  weights.filter(maskOf("the test's mask", selection)).map(({ name }) => name);

it("kernels are what is neither bias nor a norm's", () => {
  expect(chosen("all")).toHaveLength(weights.length);
  expect(chosen("kernels")).toEqual([
    "conv/kernel",
    "lstm/recurrent_kernel",
    "block/inner/kernel",
    "embedding/embeddings",
  ]);
});

it("names are those of layers, of weights, or of kinds of weights", () => {
  expect(chosen({ only: ["conv"] })).toEqual(["conv/kernel", "conv/bias"]);
  expect(chosen({ only: ["norm/gamma", "block/inner"] })).toEqual(["norm/gamma", "block/inner/kernel"]);
  expect(chosen({ except: ["kernel", "norm", "dense/bias_1", "embedding"] })).toEqual([
    "conv/bias",
    "lstm/recurrent_kernel",
  ]);
  expect(chosen(({ shape }) => shape[0] === 10)).toEqual(["embedding/embeddings"]);
});

it("says which name no weight has, and which answer is none", () => {
  expect(() => checkNamesIn("adamw", ["conv", "dens"], weights)).toThrowError(
    /^adamw needs names of the model's own layers or weights \(conv\/kernel, .*\); it was given "dens"$/,
  );
  expect(() => chosen(() => 1 as never)).toThrowError(
    /answers true or false; for conv\/kernel it answered 1/,
  );
});
