// What is wrong with the data, or with the way in which output and loss look at them.
import { adam, B, C, Ch, F, M, run, sgd } from "./defaults.mjs";

const images = { ...M, labels: { kind: "random", share: 0.4 } };
const clothes = { ...F, labels: { kind: "paired", share: 0.35 } };
/** One digit is 150 times as frequent as each of the others, in both parts. */
const manyZeros = { ...M, shares: [1, ...Array(9).fill(1 / 150)] };

export const data = [
  ...[
    { data: { ...C, scale: 100 }, net: { hidden: [16, 16] }, ...sgd(0.01), epochs: 60, measured: 0.88 },
    { data: { ...M, scale: 255 }, measured: 0.88 },
    {
      data: { ...B, shift: 1000 },
      net: { hidden: [16, 16], activation: "tanh" },
      ...adam(3e-3),
      measured: 0.34,
    },
  ].map((rest, i) =>
    run(`UN${i + 1}`, {
      ...rest,
      must: ["unnormalised"],
      may: ["saturation", "dying", "oscillation", "overfit"],
    }),
  ),
  ...[
    { data: M, net: { hidden: [128], head: "linear" }, loss: "crossEntropyOfOutputs", measured: 0.43 },
    { data: M, net: { hidden: [128], twice: true }, measured: 0.9 },
    {
      data: C,
      net: { hidden: [16, 16], output: 1 },
      ...adam(3e-3),
      epochs: 60,
      loss: "binaryCrossEntropyOfOutput",
      measured: 0.53,
    },
    { data: M, net: { hidden: [128], head: "relu" }, loss: "squaredError", measured: 0.82 },
    { data: B, loss: "negatedCrossEntropy", measured: 0 },
  ].map((rest, i) => run(`LO${i + 1}`, { ...rest, must: ["output-loss"], may: ["dying"] })),
  // One class of a hundredth of each of the others.
  run("CI1", { data: { ...B, shares: [1, 1, 1 / 100] }, must: ["imbalance"] }),
  run("CI2", { data: manyZeros, net: { hidden: [32] }, must: ["imbalance"] }),
  run("LN1", {
    data: images,
    net: { hidden: [256] },
    epochs: 20,
    measured: 0.75,
    must: ["label-noise"],
    may: ["overfit"],
  }),
  run("LN2", {
    data: clothes,
    net: { hidden: [256] },
    epochs: 20,
    measured: 0.62,
    must: ["label-noise"],
    may: ["overfit"],
  }),
  ...[
    { data: { ...M, rows: 1000, leak: 1 }, net: { hidden: [256, 256] }, epochs: 20, measured: 1 },
    { data: { ...Ch, label: true }, epochs: 30, measured: 1 },
    { data: { ...F, rows: 800, leak: 0.5 }, net: { hidden: [512] }, epochs: 30, measured: 0.92 },
  ].map((rest, i) => run(`DL${i + 1}`, { ...rest, must: ["leak"], may: ["overfit"] })),
];
