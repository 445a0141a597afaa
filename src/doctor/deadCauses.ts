/** What a layer without gradients may come from, by what the run holds: what was seen, then what is left to look at. */
import type { LayerSummary } from "../base/modelSummary.js";
import { tags } from "../base/tags.js";
import { modelChange } from "./codeLine.js";
import { isOwnLayer } from "./ownLayers.js";
import { isKernel, type RunView } from "./runView.js";
import type { Evidence, Prescription, Problem } from "./verdict.js";

export interface DeadLayer {
  readonly layer: string;
  /** No trained weight of it has a gradient, rather than its kernel alone. */
  readonly whole: boolean;
  /** The sampled steps that count, by their place. */
  readonly places: readonly number[];
}

interface Causes {
  readonly evidence: readonly Evidence[];
  readonly prescription: readonly Prescription[];
  /** Verdicts that explain it, if they were found. */
  readonly mayFollow: readonly Problem[];
}

interface Seen {
  readonly what: string;
  readonly tag: string;
  readonly cures: readonly Prescription[];
  readonly mayFollow: readonly Problem[];
}

const thrown: readonly Problem[] = ["UnnormalizedInput", "BadInitialization", "LearningRateTooHigh"];

/** Of what was seen only the first: weights of 0 make outputs of 0, and these lie in a flat end. */
export function deadCauses(run: RunView, dead: DeadLayer): Causes {
  const around = neighbours(run, dead.layer);
  const seen =
    zeroKernel(run, dead, around) ?? zeroOutput(run, dead, around) ?? flatOutput(run, dead, around);
  const last = dead.whole ? [stay(dead.layer)] : [];
  if (!seen) {
    // A loss that gives no gradient at all stops at the output.
    const mayFollow: readonly Problem[] =
      around.next === undefined ? ["OutputLossMismatch", "NotFinite"] : [];
    return { evidence: [], prescription: [...unseen(dead, around), ...last], mayFollow };
  }
  const what = `share of ${dead.places.length} sampled steps on which ${seen.what}`;
  const share = { what, value: 100, threshold: 100, crossed: "at least", unit: " %", tag: seen.tag } as const;
  return { evidence: [share], prescription: [...seen.cures, ...last], mayFollow: seen.mayFollow };
}

interface Around {
  /** The layer with a kernel before, and what follows it up to this layer. */
  readonly before: readonly LayerSummary[];
  /** This layer, and what follows it without a kernel. */
  readonly own: readonly LayerSummary[];
  /** The layer with a kernel that comes next in the model's order. */
  readonly next: LayerSummary | undefined;
}

function neighbours({ run }: RunView, layer: string): Around {
  const layers = run.record.model?.layers ?? [];
  const at = layers.findIndex(({ name }) => name === layer);
  if (at < 0) return { before: [], own: [], next: undefined };
  const hasKernel = ({ weights }: LayerSummary) => weights.some(isKernel);
  const next = layers.findIndex((other, i) => i > at && hasKernel(other));
  const previous = layers.findLastIndex((other, i) => i < at && hasKernel(other));
  return {
    before: layers.slice(Math.max(previous, 0), at),
    own: layers.slice(at, next < 0 ? undefined : next),
    next: layers[next],
  };
}

function isAlways(
  { series }: RunView,
  { tag, value }: { tag: string; value: number },
  dead: DeadLayer,
): boolean {
  const values = series(tag)?.values;
  return values !== undefined && dead.places.every((i) => values[i] === value);
}

function zeroKernel(run: RunView, dead: DeadLayer, { before, own, next }: Around): Seen | undefined {
  const near = dead.whole ? [...own, ...(next ? [next] : [])] : before;
  const kernel = near
    .flatMap(({ weights }) => weights.filter(isKernel))
    .find((weight) => isAlways(run, { tag: tags.weightL2(weight), value: 0 }, dead));
  if (kernel === undefined) return undefined;
  return {
    what: `all numbers of ${kernel} are 0`,
    tag: tags.weightL2(kernel),
    mayFollow: ["BadInitialization", "TooStrongRegularization"],
    cures: [
      {
        text: `Initialise ${kernel}: all its numbers are 0, so no gradient passes through it, and all that it makes is 0`,
        ...modelChange(run, { initializer: "heNormal" }),
      },
    ],
  };
}

function zeroOutput(run: RunView, dead: DeadLayer, { before, own }: Around): Seen | undefined {
  const isZero = ({ name }: LayerSummary) =>
    isAlways(run, { tag: tags.activationZero(name), value: 1 }, dead);
  const zero = (dead.whole ? own : before).find(isZero);
  if (!zero) return undefined;
  const { name, activation, kind } = firstOf(run, { zero, isZero });
  const start = `Every output of ${name} is 0`;
  const inputs = { text: `Look at what goes into ${name}, such as inputs that are 0 for every sample` };
  const rectifies = (activation ?? kind).toLowerCase().startsWith("relu");
  const cures = rectifies
    ? [
        {
          text: `${start}, where a ReLU has no slope: a smaller rate, He initialisation and biases from 0 on keep units alive`,
          ...modelChange(run, { initializer: "heNormal" }),
        },
        {
          text: "Or use an activation with a slope on both sides, as ELU and LeakyReLU have",
          ...modelChange(run, { activation: "elu" }),
        },
        inputs,
      ]
    : [{ text: `${start}, and from an input of 0 a kernel learns nothing` }, inputs];
  return {
    what: `every output of ${name} is 0`,
    tag: tags.activationZero(name),
    cures,
    mayFollow: rectifies ? [...thrown, "DyingReLU"] : thrown,
  };
}

/** Outputs of 0 are often those of the layers after them too: the first in the row is what to look at. */
function firstOf(
  { run }: RunView,
  { zero, isZero }: { readonly zero: LayerSummary; readonly isZero: (layer: LayerSummary) => boolean },
): LayerSummary {
  const layers = run.record.model?.layers ?? [];
  let at = layers.indexOf(zero);
  while (at > 0 && isZero(layers[at - 1] as LayerSummary)) at--;
  return layers[at] ?? zero;
}

function flatOutput(run: RunView, dead: DeadLayer, { own }: Around): Seen | undefined {
  if (!dead.whole) return undefined;
  const flat = own.find(({ name }) => isAlways(run, { tag: tags.activationSaturated(name), value: 1 }, dead));
  if (!flat) return undefined;
  return {
    what: `every output of ${flat.name} lies in a flat end of its activation`,
    tag: tags.activationSaturated(flat.name),
    mayFollow: [...thrown, "SaturatedActivation"],
    cures: [
      {
        text: `Scale the inputs to about −1 to 1: every output of ${flat.name} lies in a flat end of its ${flat.activation ?? flat.kind}, as its sums lie where that has no slope`,
      },
      {
        text: "Put batch normalisation between sum and activation, or initialise with a smaller spread",
        ...modelChange(run, { batchNorm: true }),
      },
    ],
  };
}

/** A person's own layer behind it, which may be what keeps the gradient. */
function without([, ...behind]: readonly LayerSummary[]): Prescription[] {
  const own = behind.filter(isOwnLayer);
  if (own.length === 0) return [];
  const names = own.map(({ name }) => name);
  return [
    {
      text: `Leave ${names.join(", ")} out, to see whether the gradient ends there: ${own[0]!.kind} is a layer of one's own`,
      change: { model: { removeLayers: names } },
    },
  ];
}

/** What leaves no trace in a run. */
function unseen({ layer, whole }: DeadLayer, { own, next }: Around): Prescription[] {
  if (!whole)
    return [
      {
        text: `Look at what goes into ${layer}, such as the data set's inputs: from an input that is 0 for every sample a kernel learns nothing`,
      },
    ];
  const rounding = {
    text: `Look at what the outputs of ${layer} go into: rounding, signs, comparisons and casts have the gradient 0. Let it pass through them as it is`,
    code: "const round = tf.customGrad((x) => ({ value: tf.round(x), gradFunc: (dy) => dy }))",
  };
  const loss = {
    text: `Look at the loss that the outputs of ${layer} go into: a weight of 0, or a loss of one's own that rounds or compares, leaves no gradient`,
  };
  return next === undefined && own.length === 1 ? [loss] : [...without(own), rounding, loss];
}

function stay(layer: string): Prescription {
  return {
    text: "If it is to stay as it is, say so",
    code: `model.getLayer(${JSON.stringify(layer)}).trainable = false`,
  };
}
