// How weights are changed: rates that are too high or too low, oscillation, batches that are too small.
import { adam, B, C, conv, F, M, run, sgd } from "./defaults.mjs";

const two = [16, 16];

export const updates = [
  ...[
    { data: C, ...sgd(10), epochs: 40, measured: 0.53 },
    { data: M, ...adam(0.3), measured: 0.33 },
    { data: F, net: conv, ...sgd(2), measured: 0.1 },
  ].map((rest, i) =>
    run(`LH${i + 1}`, { ...rest, must: ["lr-high"], may: ["dying", "exploding", "oscillation"] }),
  ),
  ...[
    { data: C, ...adam(1e-6), epochs: 60, measured: 0.46 },
    { data: F, ...adam(1e-7), measured: 0.07 },
    { data: B, net: { hidden: two }, ...sgd(1e-5), measured: 0.34 },
  ].map((rest, i) => run(`LL${i + 1}`, { ...rest, must: ["lr-low"], may: ["underfit"] })),
  ...[
    { data: B, net: { hidden: two, activation: "tanh" }, ...sgd(0.5, 0.9, 8), epochs: 40, measured: 0.39 },
    { data: C, net: { hidden: two, activation: "tanh" }, ...adam(0.08, 8), epochs: 60, measured: 0.99 },
    { data: { ...M, rows: 1000 }, ...adam(0.03, 8), epochs: 15, measured: 0.82 },
  ].map((rest, i) =>
    run(`OS${i + 1}`, {
      ...rest,
      must: ["oscillation", "lr-high"],
      may: ["saturation", "dying", "overfit"],
    }),
  ),
  ...[
    { data: { ...M, rows: 2000 }, ...sgd(0.1, 0, 1), epochs: 10, measured: 0.8 },
    { data: C, ...sgd(0.3, 0, 1), epochs: 40, measured: 0.94 },
  ].map((rest, i) =>
    run(`BS${i + 1}`, { ...rest, must: ["batch-small", "lr-high"], may: ["oscillation", "dying"] }),
  ),
];
