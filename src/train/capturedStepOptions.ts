/** What a training step is made of. */
import type { Optimizer } from "../optim/optimizer.js";
import type { LossName } from "./loss.js";

export interface CapturedStepOptions {
  readonly loss: LossName;
  readonly optimizer: Optimizer;
  /** Scales all gradients down so that their global L2 norm is at most this; above 0. Absent: no clipping. */
  readonly clipNorm?: number;
  /** What `runSampled` returns histograms of; the other statistics are always measured. Default: all three. */
  readonly histograms?: readonly ("weights" | "gradients" | "activations")[];
  /** False runs every step eagerly; default true. */
  readonly capture?: boolean;
}
