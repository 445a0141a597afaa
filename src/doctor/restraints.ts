/** What in a model's make keeps it from learning more: no bend, a bottleneck, few weights, penalties, dropout. */
import { shortNumber } from "../base/table.js";
import { tags } from "../base/tags.js";
import type { LayerSummary } from "../track/index.js";
import { fitChange, hiddenUnits, modelChange } from "./codeLine.js";
import { classesOf, trainSize } from "./curves.js";
import type { RunView } from "./runView.js";
import type { Evidence, Prescription, Problem } from "./verdict.js";

export interface Restraint {
  readonly kind: "linear" | "narrow" | "few" | "penalty" | "dropout";
  /** Goes on behind "the model": such as `has no activation that bends`. */
  readonly what: string;
  readonly evidence: Evidence;
  readonly prescription: readonly Prescription[];
}

/** Share of what a kernel was at first to which a penalty may shrink it. */
export const shrunk = 0.25;
export const strongPenalty = 1e-3;
/** UMLAUT (CHI 2021). */
export const strongDropout = 0.5;
/** Weights for each row to train on. */
export const fewWeights = 0.05;

/** The strongest reason first. */
export function restraintsOf(run: RunView): Restraint[] {
  const { model } = run.run.record;
  if (!model) return [];
  return [
    penalty(run),
    dropout(run, model.layers),
    linear(run, model.layers),
    narrow(run),
    few(run, model.parameters),
  ].filter((found) => found !== undefined);
}

/** What explains units that stop later where a penalty has shrunk the weights, and what they put out with them. */
export function shrunkBy(run: RunView): readonly Problem[] {
  return run.run.record.model && penalty(run) ? ["Underfit", "TooStrongRegularization"] : [];
}

/**
 * What explains that the outputs of these layers came to lie in flat ends: so few units that each of them must be a yes or a no, for
 * the layers behind them to tell anything by.
 */
export function narrowedBy(run: RunView, names: readonly string[]): readonly Problem[] {
  const found = run.run.record.model ? narrow(run) : undefined;
  const layers = run.run.record.model?.layers ?? [];
  // Of an activation that is a layer of its own: what goes into it.
  const widthOf = (name: string) =>
    layers.slice(0, layers.findIndex((layer) => layer.name === name) + 1).findLast(({ units }) => units)
      ?.units;
  return found && names.every((name) => widthOf(name) === found.evidence.value) ? ["Underfit"] : [];
}

/** A penalty under which a kernel has shrunk to a quarter of what it was, or less. */
function penalty(run: RunView): Restraint | undefined {
  for (const { penalties } of run.run.record.model?.layers ?? []) {
    for (const [weight, factors] of Object.entries(penalties ?? {})) {
      const norms = run.series(tags.weightL2(weight))?.values;
      const [first, last] = [norms?.[0], norms?.at(-1)];
      if (
        factors === "own" ||
        Math.max(factors.l1, factors.l2) < strongPenalty ||
        !first ||
        last === undefined
      )
        continue;
      if (last > shrunk * first) continue;
      const factor = Math.max(factors.l1, factors.l2);
      return {
        kind: "penalty",
        what: `is held down by a penalty of ${shortNumber(factor)}`,
        evidence: {
          what: `‖w‖ of ${weight} at the end / at the beginning`,
          value: last / first,
          threshold: shrunk,
          crossed: "below",
          tag: tags.weightL2(weight),
        },
        prescription: [
          {
            text: `An L2 penalty of about 1e-4 instead of ${shortNumber(factor)}`,
            ...modelChange(run, { l2: 1e-4 }),
          },
          { text: "Or none, to see what the model can do", ...modelChange(run, { l2: 0 }) },
        ],
      };
    }
  }
  return undefined;
}

function dropout(run: RunView, layers: readonly LayerSummary[]): Restraint | undefined {
  const strongest = Math.max(0, ...layers.map(({ rate }) => rate ?? 0));
  if (strongest <= strongDropout) return undefined;
  return {
    kind: "dropout",
    what: `drops ${Math.round(100 * strongest)} % of a layer's outputs`,
    evidence: { what: "strongest dropout", value: strongest, threshold: strongDropout, crossed: "above" },
    prescription: [
      { text: `Dropout of 0.2 to 0.5 instead of ${strongest}`, ...modelChange(run, { dropout: 0.2 }) },
    ],
  };
}

const plain = [
  "InputLayer",
  "Flatten",
  "Dropout",
  "BatchNormalization",
  "Reshape",
  "Dense",
  "Activation",
  "GaussianNoise",
  "Conv1D",
  "Conv2D",
  "AveragePooling2D",
  "ZeroPadding2D",
];

/** Every layer but the last is a linear map. A kind that is not known may bend. */
function linear(run: RunView, layers: readonly LayerSummary[]): Restraint | undefined {
  const output = layers.findLastIndex(({ units }) => units !== undefined);
  const before = layers.slice(0, output);
  const bends = ({ kind, activation }: LayerSummary) =>
    !plain.includes(kind) || (activation !== undefined && activation !== "linear");
  if (output < 0 || before.some(bends)) return undefined;
  const hidden = hiddenUnits(run) ?? [];
  return {
    kind: "linear",
    what: "has no activation between its layers, so that it draws straight lines only",
    evidence: { what: "hidden layers with an activation", value: 0, threshold: 1, crossed: "below" },
    prescription: [
      hidden.length > 0
        ? {
            text: "An activation behind the hidden layers, such as ReLU with He initialisation",
            ...modelChange(run, { activation: "relu", initializer: "heNormal" }),
          }
        : {
            text: "Hidden layers with an activation",
            ...modelChange(run, { hidden: [64, 64], activation: "relu" }),
          },
    ],
  };
}

/** A hidden layer of fewer units than half of the classes, or of two or less. */
function narrow(run: RunView): Restraint | undefined {
  const hidden = hiddenUnits(run) ?? [];
  const least = Math.max(3, (classesOf(run) ?? 0) / 2);
  const narrowest = Math.min(...hidden);
  if (hidden.length === 0 || narrowest >= least) return undefined;
  return {
    kind: "narrow",
    what: `has a hidden layer of ${narrowest} ${narrowest === 1 ? "unit" : "units"}, through which all must pass`,
    evidence: {
      what: "units of the narrowest hidden layer",
      value: narrowest,
      threshold: least,
      crossed: "below",
    },
    prescription: [
      { text: "More units", ...modelChange(run, { hidden: hidden.map((units) => Math.max(64, units)) }) },
    ],
  };
}

function few(run: RunView, parameters: number): Restraint | undefined {
  const rows = trainSize(run);
  const hidden = hiddenUnits(run);
  if (rows === undefined || parameters === 0 || parameters >= fewWeights * rows) return undefined;
  const wider = hidden && hidden.length > 0 ? hidden.map((units) => 4 * units) : [64];
  return {
    kind: "few",
    what: `has ${parameters} weights for ${rows} rows`,
    evidence: {
      what: "weights for each row to train on",
      value: parameters / rows,
      threshold: fewWeights,
      crossed: "below",
    },
    prescription: [
      {
        text: "More units, and another hidden layer if that is not enough",
        ...modelChange(run, { hidden: wider }),
      },
    ],
  };
}

/** What the tuning texts say besides, where both accuracies are low. */
export function moreOfEverything(run: RunView): Prescription[] {
  const rate = run.learningRate;
  const { epochs } = run.run.record.config;
  return [
    ...(typeof epochs === "number"
      ? [{ text: "Train longer", ...fitChange(run, { epochs: 3 * epochs }) }]
      : []),
    ...(rate !== undefined
      ? [
          {
            text: "Or a larger learning rate",
            ...fitChange(run, { learningRate: Number((rate * 3).toPrecision(2)) }),
          },
        ]
      : []),
    { text: "Check how the inputs are prepared: a column that decides may be missing, or scaled to nothing" },
  ];
}
