import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { cutsOf } from "../../../../src/train/rematerialize/cuts.js";

const { add, concatenate, conv2d, dense, flatten, reLU } = tf.layers;
type Symbolic = tf.SymbolicTensor;

const input = (name = "in") => tf.input({ shape: [4], name });
const layer = (name: string, x: Symbolic, units = 4) => dense({ name, units }).apply(x) as Symbolic;
const sum = (name: string, ...x: Symbolic[]) => add({ name }).apply(x) as Symbolic;
const namesOf = (model: tf.LayersModel) => cutsOf(model).cuts.map(({ layer: name }) => name);

it("are all layers but the last of a stack", () => {
  const layers = ["a", "b", "c"].map((name, i) =>
    dense({ name, units: i + 2, ...(i === 0 && { inputShape: [5] }) }),
  );
  const { cuts, rest } = cutsOf(tf.sequential({ layers }));
  expect(cuts.map(({ layer: name, own, piece }) => [name, own, piece])).toEqual([
    ["a", 2, 2],
    ["b", 3, 3],
  ]);
  expect(rest).toBe(4);
});

it("are the ends of blocks with a way past them, whose pieces hold the block", () => {
  const x = input();
  const first = layer("first", x);
  const block = sum("end", layer("inner2", layer("inner1", first, 16)), first);
  const model = tf.model({ inputs: x, outputs: layer("out", block, 3) });
  const { cuts, rest } = cutsOf(model);
  expect(cuts.map(({ layer: name, piece }) => [name, piece])).toEqual([
    ["first", 4],
    ["end", 16 + 4 + 4],
  ]);
  expect(rest).toBe(3);
});

it("are none where a way leads past everything", () => {
  const x = input();
  const down = layer("down", x);
  const up = sum("up", layer("middle", down), x);
  expect(
    namesOf(tf.model({ inputs: x, outputs: concatenate({ name: "out" }).apply([up, x]) as Symbolic })),
  ).toEqual([]);
});

it("come behind the last input and before the first output", () => {
  const [x, late] = [input("x"), input("late")];
  const a = layer("a", x);
  const joined = sum("joined", layer("b", a), late);
  const trunk = layer("trunk", joined);
  const early = layer("early", trunk);
  const outputs = [early, layer("end", layer("head", trunk))];
  expect(namesOf(tf.model({ inputs: [x, late], outputs }))).toEqual(["joined", "trunk"]);
  expect(namesOf(tf.model({ inputs: [x, late], outputs: [trunk, ...outputs] }))).toEqual(["joined"]);
});

it("count nothing for what a ReLU reads alone: its gradient needs only what it puts out", () => {
  const layers = [
    conv2d({ name: "conv", filters: 2, kernelSize: 1, inputShape: [3, 3, 1] }),
    reLU({ name: "relu" }),
    flatten({ name: "flat" }),
    dense({ name: "out", units: 1 }),
  ];
  const { cuts } = cutsOf(tf.sequential({ layers }));
  expect(cuts.map(({ layer: name, isKept, piece }) => [name, isKept, piece])).toEqual([
    ["conv", false, 0],
    ["relu", true, 18],
    ["flat", true, 18],
  ]);
});

it("are found in a model of 1,000 layers", () => {
  let x = input();
  const first = x;
  const same = dense({ units: 4 });
  for (let i = 0; i < 1000; i++) x = same.apply(x) as Symbolic;
  expect(cutsOf(tf.model({ inputs: first, outputs: x })).cuts).toHaveLength(999);
});
