// The benchmark's faults once more, with other data, widths, depths, constants, optimisers and batches: kept apart, to check rules
// on what they were not made with. Rules whose thresholds were looked up here are worth no more than before.
import { adam, Ch, deep, F, M, run, sgd } from "./defaults.mjs";

const moons = { of: "moons" };
const spirals = { of: "spirals", classes: 3, turns: 0.4 };
const clouds = { of: "gaussians", classes: 4, columns: 10 };
const wave = { of: "waves", columns: 4 };
/** Wider nets of the same data as the benchmark's runs. */
const wide = { hidden: [24, 24] };

const healthy = [
  { data: moons, net: wide, ...adam(4e-3), epochs: 30 },
  {
    data: { ...clouds, rows: 1500 },
    net: { hidden: [40], activation: "elu", dropout: 0.2 },
    ...adam(2e-3, 64),
    epochs: 25,
  },
  {
    data: { ...spirals, rows: 1500 },
    net: { hidden: [32, 32], activation: "tanh" },
    ...adam(6e-3),
    epochs: 40,
  },
  { data: wave, net: { hidden: [32, 32], activation: "swish" }, ...adam(4e-3), epochs: 40 },
  { data: { ...M, rows: 3000 }, net: { hidden: [96, 48], norm: true }, ...sgd(0.05, 0.9, 64), epochs: 4 },
  { data: { ...F, rows: 6000 }, net: { conv: [6, 12], hidden: [32] }, ...adam(2e-3, 64), epochs: 5 },
  { data: { ...clouds, shares: [1, 1, 1, 1 / 3] }, net: wide, ...adam(3e-3), epochs: 20 },
];

const flow = [
  [
    "VG",
    ["vanishing"],
    ["underfit", "bad-init"],
    ["hidden_1"],
    [
      { data: moons, net: { hidden: deep(8, 9), activation: "sigmoid" }, ...sgd(0.03) },
      { data: clouds, net: { hidden: deep(20, 12), activation: "sigmoid" }, ...adam(1e-3, 64) },
      {
        data: { ...F, rows: 2000 },
        net: { hidden: deep(48, 12), activation: "tanh", start: { normal: 0.04 } },
        ...sgd(0.02),
      },
    ],
  ],
  [
    "EG",
    ["exploding"],
    ["bad-init", "lr-high"],
    undefined,
    [
      { data: moons, net: { hidden: deep(24, 9), start: { normal: 1.2 } }, ...sgd(0.03) },
      { data: wave, net: { hidden: deep(32, 8), start: { normal: 1 } }, ...sgd(0.05) },
    ],
  ],
  [
    "DR",
    ["dying"],
    [],
    ["hidden_1"],
    [
      { data: clouds, net: { hidden: [32, 16], bias: -30 }, ...adam(2e-3) },
      { data: moons, net: { hidden: [24], bias: -8 }, ...adam(3e-3) },
    ],
  ],
  [
    "SA",
    ["saturation", "bad-init"],
    [],
    ["hidden_1"],
    [
      { data: moons, net: { hidden: [32, 32], activation: "tanh", start: { normal: 20 } }, epochs: 25 },
      { data: clouds, net: { hidden: [40, 20], activation: "sigmoid", start: { normal: 12 } }, epochs: 25 },
    ],
  ],
  [
    "BI",
    ["bad-init"],
    ["vanishing", "dying", "underfit"],
    undefined,
    [
      { data: clouds, net: { hidden: [40, 20], start: { all: 0.1 } } },
      { data: { ...M, rows: 2000 }, net: { hidden: [64], start: { all: 0 } } },
      { data: moons, net: { hidden: deep(24, 5), start: { normal: 0.002 } }, ...sgd(0.02) },
    ],
  ],
  [
    "FZ",
    ["dead-layer"],
    [],
    ["hidden_1"],
    [
      { data: clouds, net: { hidden: [40, 20], frozen: ["hidden_1"] } },
      { data: { ...M, rows: 3000 }, net: { hidden: [64, 32], detached: "hidden_1" } },
    ],
  ],
];

const learnt = [
  [
    "LH",
    ["lr-high"],
    ["dying", "exploding", "oscillation"],
    [
      { data: moons, net: wide, ...sgd(6), epochs: 25 },
      { data: clouds, net: { hidden: [40] }, ...adam(3), epochs: 20 },
      { data: { ...F, rows: 2000 }, net: { hidden: [64, 64] }, ...adam(0.15) },
    ],
  ],
  [
    "LL",
    ["lr-low"],
    ["underfit"],
    [
      { data: moons, net: wide, ...adam(3e-6), epochs: 40 },
      { data: clouds, net: wide, ...sgd(3e-5, 0.9), epochs: 25 },
      { data: wave, net: wide, ...adam(2e-6, 64), epochs: 30 },
    ],
  ],
  [
    "OS",
    ["oscillation", "lr-high"],
    ["saturation", "dying", "overfit"],
    [
      { data: moons, net: { hidden: [24, 24], activation: "tanh" }, ...sgd(0.4, 0.9, 8), epochs: 40 },
      {
        data: { ...Ch, factor: 0.6 },
        net: { hidden: [24, 24], activation: "tanh" },
        ...adam(0.1, 8),
        epochs: 50,
      },
    ],
  ],
  [
    "BS",
    ["batch-small", "lr-high"],
    ["oscillation", "dying"],
    [{ data: moons, net: wide, ...sgd(0.25, 0, 1), epochs: 25 }],
  ],
  [
    "OF",
    ["overfit"],
    [],
    [
      {
        data: { ...moons, rows: 60, noise: 0.35 },
        net: { hidden: [96, 96] },
        ...adam(4e-3, 16),
        epochs: 200,
      },
      { data: { ...clouds, rows: 100, apart: 0.5 }, net: { hidden: [128] }, ...adam(3e-3, 16), epochs: 120 },
      { data: { ...M, rows: 150 }, net: { hidden: [300, 100] }, epochs: 50 },
    ],
  ],
  [
    "UF",
    ["underfit"],
    [],
    [
      {
        data: { ...spirals, turns: 1 },
        net: { hidden: [24, 24], activation: "linear" },
        ...adam(4e-3),
        epochs: 40,
      },
      { data: { ...F, rows: 2000 }, net: { hidden: [96], l2: 0.5 } },
      { data: clouds, net: { hidden: [1] }, ...adam(4e-3), epochs: 40 },
    ],
  ],
];

const given = [
  [
    "UN",
    ["unnormalised"],
    ["saturation", "dying", "oscillation", "overfit"],
    [
      { data: { ...moons, scale: 200 }, net: wide, ...sgd(0.01), epochs: 30 },
      { data: { ...F, rows: 2000, scale: 255 }, net: { hidden: [64] } },
      { data: { ...clouds, shift: 500 }, net: { hidden: [24], activation: "tanh" }, ...adam(3e-3) },
      { data: { ...wave, targetScale: 2000, targetShift: 5000 }, net: wide, ...adam(1e-3), epochs: 30 },
    ],
  ],
  [
    "LO",
    ["output-loss"],
    ["dying"],
    [
      { data: clouds, net: { hidden: [32], head: "linear" }, loss: "crossEntropyOfOutputs", ...adam(2e-3) },
      { data: { ...F, rows: 3000 }, net: { hidden: [64], twice: true }, ...adam(2e-3) },
      { data: moons, net: { hidden: [24], output: 1 }, loss: "binaryCrossEntropyOfOutput", ...adam(3e-3) },
      { data: moons, net: wide, loss: "negatedCrossEntropy", ...adam(2e-3) },
    ],
  ],
  [
    "CI",
    ["imbalance"],
    [],
    [
      {
        data: { ...clouds, apart: 0.6, rows: 4000, validation: 2000, shares: [1, 1 / 80, 1 / 80, 1 / 80] },
        net: wide,
        ...adam(3e-3),
      },
      {
        data: { ...moons, noise: 0.35, rows: 3000, validation: 1500, shares: [1, 1 / 60] },
        net: wide,
        ...adam(3e-3),
      },
    ],
  ],
  [
    "LN",
    ["label-noise"],
    ["overfit"],
    [
      {
        data: { ...clouds, rows: 1500, labels: { kind: "random", share: 0.45 } },
        net: { hidden: [128] },
        ...adam(3e-3),
        epochs: 40,
      },
      {
        data: { ...M, rows: 3000, labels: { kind: "paired", share: 0.3 } },
        net: { hidden: [200] },
        epochs: 25,
      },
    ],
  ],
  [
    "DL",
    ["leak"],
    ["overfit"],
    [
      { data: { ...clouds, leak: 1 }, net: wide, ...adam(2e-3) },
      { data: { ...moons, noise: 0.4, label: true }, net: wide, ...adam(3e-3) },
      { data: { ...F, rows: 1000, leak: 0.4 }, net: { hidden: [256] }, epochs: 20 },
    ],
  ],
];

export const variants = [
  ...healthy.map((rest, i) => run(`vH${i + 1}`, rest)),
  ...flow.flatMap(([family, must, may, layers, list]) =>
    list.map((rest, i) => run(`v${family}${i + 1}`, { ...rest, must, may, ...(layers && { layers }) })),
  ),
  ...[...learnt, ...given].flatMap(([family, must, may, list]) =>
    list.map((rest, i) => run(`v${family}${i + 1}`, { ...rest, must, may })),
  ),
];
