/** The options of weight decay, which most optimisers share, and the transformation behind them. */
import { inRange } from "./bounds.js";
import { masked } from "./masked.js";
import type { FusedDecay, Transform } from "./optimizer.js";
import { addDecayedWeights } from "./transforms.js";
import { type Mask, maskOf, namesIn, type WeightSelection } from "./weightSelection.js";

export interface DecayOptions {
  /** At least 0. */
  readonly weightDecay?: number;
  /** The weights that decay. Default `"all"`, as in PyTorch; `"kernels"` leaves biases and norms alone. */
  readonly decayOn?: WeightSelection;
}

export const decayNames = { weightDecay: true, decayOn: true } as const;

/** Of optimisers whose decay may stand on either side of their scaling. */
export interface PlaceableDecayOptions extends DecayOptions {
  /** At least 0; default 0. Added to the gradient as an L2 penalty, or taken from the weight if `decoupled`. */
  readonly weightDecay?: number;
  /** Decay as AdamW has it. Default false. */
  readonly decoupled?: boolean;
}

export const placeableDecayNames = { ...decayNames, decoupled: true } as const;

/** Weight decay after its checks. */
export interface Decay {
  /** 0 where nothing decays. */
  readonly weightDecay: number;
  readonly mask: Mask;
  /** Names of layers and weights that the options hold. */
  readonly names: readonly string[];
  /** Nothing, or one that adds weightDecay·parameter to the gradient of what decays. */
  readonly transforms: readonly Transform[];
  /** Its part of the optimiser's structure. */
  readonly structure: "" | "+decay";
  readonly scalars: { readonly weightDecay?: number };
  /** The same before a fused kernel, as an L2 penalty. */
  readonly fused: { readonly decay?: FusedDecay };
}

/**
 * @param who the optimiser's name
 * @throws RangeError for a decay below 0, TypeError for a selection that is none.
 */
export function decayOf(who: string, options: DecayOptions, standard = 0): Decay {
  const weightDecay = inRange(`${who}'s weightDecay`, options.weightDecay ?? standard, { least: 0 });
  const selection = options.decayOn ?? "all";
  const mask = maskOf(`${who}'s decayOn`, selection);
  const decays = weightDecay > 0;
  return {
    weightDecay,
    mask,
    names: namesIn(selection),
    transforms: decays ? [masked(addDecayedWeights, mask)] : [],
    structure: decays ? "+decay" : "",
    scalars: decays ? { weightDecay } : {},
    fused: decays ? { decay: { of: mask, into: "gradient" } } : {},
  };
}

export interface PlacedDecay extends Omit<Decay, "structure" | "transforms"> {
  readonly structure: string;
  /** The scaling with the decay before it, or behind it where it is decoupled. */
  readonly beside: (scaling: Transform) => readonly Transform[];
}

/**
 * @param who the optimiser's name
 * @throws RangeError for a decay below 0, TypeError for a selection that is none.
 */
export function placedDecay(who: string, options: PlaceableDecayOptions): PlacedDecay {
  const { transforms, ...decay } = decayOf(who, options);
  if (!options.decoupled) return { ...decay, beside: (scaling) => [...transforms, scaling] };
  return {
    ...decay,
    structure: `${decay.structure}+decoupled`,
    fused: decay.fused.decay ? { decay: { ...decay.fused.decay, into: "weight" } } : {},
    beside: (scaling) => [scaling, ...transforms],
  };
}
