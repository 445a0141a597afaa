/** What a training step is made of. */
import type { RewriteName } from "../native/rewrites.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { LossPlan } from "./heads.js";
import type { Precision } from "./precision.js";
import type { Rematerialize } from "./rematerialize/rematerialize.js";
import type { ClipOptions } from "./step/clipping.js";

export interface CapturedStepOptions extends ClipOptions {
  readonly loss: LossPlan;
  /** Factors of several outputs' losses in their sum, by the outputs' names. Default: 1. */
  readonly lossWeights?: Readonly<Record<string, number>>;
  readonly optimizer: Optimizer;
  /** How far targets are moved towards no class in particular while training, in [0, 1). Default 0. */
  readonly labelSmoothing?: number;
  /** What is added up is looked at for NaN and infinities, and leaves layers' averages as they were then. Default false. */
  readonly guards?: boolean;
  /** What `runSampled` returns histograms of; the other statistics are always measured. Default: all three. */
  readonly histograms?: readonly ("weights" | "gradients" | "activations")[];
  /** Of so many entries of a tensor at most, a fixed sample of a larger one; Infinity for all. Default 16,384. */
  readonly histogramEntries?: number;
  /** Of the products of a captured step that trains; those of others are float32's. In float16 steps take a `lossScale`. Default float32. */
  readonly precision?: Precision;
  /** Steps that `runSteps` takes in a call at most, or "auto" for as many as make short steps faster. Default "auto". */
  readonly stepsPerExecution?: number | "auto";
  /** Rewrites to leave out of the step, to see what each gives. Default: none. */
  readonly without?: readonly RewriteName[];
  /** Which activations are computed again for the gradient instead of being kept. Default false: none. */
  readonly rematerialize?: Rematerialize;
  /** Whether a step gives the losses of its samples too, of a model with one output. Default false. */
  readonly rowLosses?: boolean;
  /** False runs every step eagerly; default true. */
  readonly capture?: boolean;
}
