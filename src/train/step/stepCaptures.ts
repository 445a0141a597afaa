/** The captured steps of one training, by their kind, and why some of them run eagerly. */
import { CaptureError } from "../../native/capture/captureError.js";
import { onWasm } from "../../native/core.js";
import type { Batch } from "../batch.js";
import { CaptureCosts } from "./captureCosts.js";
import { batchSignature, captureStep, type StepKind, stepKinds } from "./captureStep.js";
import type { StepPlan } from "./stepBody.js";
import { type StepFunction, stepFunction } from "./stepFunctions.js";

export class StepCaptures {
  /** What the captures cost that were made for this training. */
  readonly costs = new CaptureCosts();
  /** A kind of step that cannot be captured does not keep the others from it. */
  readonly #reasons = new Map<StepKind, string>();

  /** @param wanted false: all steps run eagerly */
  constructor(wanted: boolean) {
    if (wanted) return;
    for (const kind of Object.keys(stepKinds) as StepKind[])
      this.#reasons.set(kind, "capturing was switched off");
  }

  /** Why steps run eagerly, as far as it is known; each reason once. */
  get reasons(): readonly string[] {
    return [...new Set(this.#reasons.values())];
  }

  /** Why this kind of step runs eagerly; undefined if it does not, or on WebAssembly, where the process has said it once for all. */
  reasonOf(kind: StepKind): string | undefined {
    return this.#reasons.get(kind);
  }

  /** False once it is known that this kind of step cannot be captured. */
  mayCapture(kind: StepKind): boolean {
    return !onWasm && !this.#reasons.has(kind);
  }

  /**
   * The captured step for a batch of this shape, made if there is none; undefined where it has to run eagerly.
   *
   * @param key of the plan's computation
   */
  of(
    kind: StepKind,
    batch: Batch | undefined,
    { plan, key }: { plan: StepPlan; key: string },
  ): StepFunction | undefined {
    if (!this.mayCapture(kind)) return undefined;
    const looks = stepKinds[kind].sampled ? `${plan.sampling.entries} ` : "";
    try {
      return stepFunction(`${kind} ${looks}${batch ? batchSignature(batch) : ""} ${key}`, () => {
        const step = captureStep(plan, kind, batch);
        this.costs.add(kind, batch?.x.shape[0], step.call);
        return step;
      });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      this.#reasons.set(kind, error.message);
      return undefined;
    }
  }
}
