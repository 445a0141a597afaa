// H1 – H17: nothing is wrong with these.
import { adam, B, C, Ch, conv, deep, F, M, run, sgd } from "./defaults.mjs";

const two = [16, 16];

export const healthy = [
  run("H1", { data: C, net: { hidden: two }, ...adam(3e-3), epochs: 60, measured: 0.993 }),
  run("H2", {
    data: C,
    net: { hidden: two, activation: "tanh" },
    ...sgd(0.1, 0.9),
    epochs: 60,
    measured: 0.99,
  }),
  run("H3", { data: Ch, net: { hidden: two }, ...adam(3e-3), epochs: 60, measured: 0.807 }),
  run("H4", { data: B, net: { hidden: [16] }, ...adam(5e-3), measured: 0.987 }),
  run("H5", { data: B, net: { hidden: deep(16, 8) }, measured: 0.993 }),
  run("H6", {
    data: B,
    net: { hidden: [8], activation: "sigmoid" },
    ...adam(0.01),
    epochs: 40,
    measured: 0.99,
  }),
  run("H7", { data: B, net: { hidden: two }, ...sgd(0.01, 0.9, 8), measured: 0.987 }),
  run("H8", { data: M, measured: 0.924 }),
  run("H9", { data: M, net: { hidden: [256, 128], dropout: 0.2 }, measured: 0.946 }),
  run("H10", { data: M, net: conv, measured: 0.967 }),
  run("H11", { data: M, net: { ...conv, norm: true }, measured: 0.968 }),
  run("H12", { data: M, net: { hidden: deep(64, 10), norm: true }, measured: 0.921 }),
  run("H13", { data: F, measured: 0.81 }),
  run("H14", { data: F, net: conv, measured: 0.835 }),
  // One class a quarter of each of the others.
  run("H15", { data: { ...B, shares: [1, 1, 1 / 4] }, measured: 0.985 }),
  run("H16", {
    data: { ...M, only: [1, 7] },
    net: { hidden: [32], output: 1, head: "sigmoid" },
    measured: 0.991,
  }),
  run("H17", { data: { ...F, labels: { kind: "flipped", share: 0.02 } }, measured: 0.808 }),
];
