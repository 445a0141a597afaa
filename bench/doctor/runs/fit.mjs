// What a model learns of its data: too much, or too little.
import { adam, C, Ch, F, M, run } from "./defaults.mjs";

export const fitted = [
  ...[
    { data: { ...M, rows: 200 }, net: { hidden: [512, 512] }, epochs: 60, measured: 0.81 },
    { data: { ...Ch, rows: 60 }, net: { hidden: [128, 128] }, ...adam(3e-3), epochs: 300, measured: 0.64 },
    { data: { ...F, rows: 300 }, net: { hidden: [256, 256] }, epochs: 60, measured: 0.77 },
  ].map((rest, i) => run(`OF${i + 1}`, { ...rest, must: ["overfit"] })),
  ...[
    { data: C, net: { hidden: [16, 16], activation: "linear" }, ...adam(3e-3), epochs: 60, measured: 0.37 },
    { data: M, net: { hidden: [2] }, measured: 0.22 },
    { data: F, net: { hidden: [128], l2: 0.3 }, measured: 0.37 },
  ].map((rest, i) => run(`UF${i + 1}`, { ...rest, must: ["underfit"] })),
];
