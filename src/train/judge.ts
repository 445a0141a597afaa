/** Whether a training goes on after a step. */
import type { Stop } from "./surroundings.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** Updates left out in a row, after which a training has no hope. */
const mostSkipped = 100;

/** Gradients that overflow without being multiplied do not fit into float16, or are not finite at all. */
const leastScale = 1;

export interface JudgedStep {
  /** From 0. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly isSkipped: boolean;
  /** The training can end here: further steps of the same call have not been done. */
  readonly isPause: boolean;
  /** Of one that was skipped for gradients that are not finite, while its loss is: the loss scale. */
  readonly overflow?: number | undefined;
}

type JudgedPlan = Pick<TrainingPlan, "notFinite" | "maxSteps" | "maxSeconds" | "lossScale">;

export class Judge {
  /** Updates that were left out in a row, up to now. */
  skipped = 0;
  readonly #plan: JudgedPlan;
  readonly #tell: (sentence: string) => void;
  readonly #start = performance.now();
  #hasTold = false;

  /** @param tell told once what is not finite, where the training goes on all the same */
  constructor(plan: JudgedPlan, tell: (sentence: string) => void) {
    this.#plan = plan;
    this.#tell = tell;
  }

  /** In seconds, since it was made. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** Why it is to end; undefined to go on. */
  afterStep(judged: JudgedStep): Stop | undefined {
    return this.#finite(judged) ?? (judged.isPause ? this.#limit(judged.step + 1) : undefined);
  }

  #finite({ step, epoch, loss, isSkipped, overflow }: JudgedStep): Stop | undefined {
    const where = `in epoch ${epoch}, at step ${step}`;
    this.skipped = isSkipped ? this.skipped + 1 : 0;
    if (overflow !== undefined) this.#overflowed(overflow, where);
    else if (isSkipped && this.#plan.notFinite === "skip")
      this.#tellOnce(`the loss or a gradient was not finite ${where}; such updates are left out`);
    else if (!Number.isFinite(loss)) return this.#lossNotFinite(loss, where);
    if (this.skipped < mostSkipped) return undefined;
    return {
      why: "notFinite",
      reason: `none of the last ${mostSkipped} updates was finite, up to step ${step}`,
    };
  }

  #lossNotFinite(loss: number, where: string): Stop | undefined {
    if (this.#plan.notFinite !== "tell")
      return { why: "notFinite", reason: `the loss became ${loss} ${where}` };
    this.#tellOnce(`the loss became ${loss} ${where}; the training goes on`);
    return undefined;
  }

  /** A scale that moves finds its place by overflows; of others, and of those that find none, the person must know. */
  #overflowed(scale: number, where: string): void {
    if (this.#plan.lossScale?.moves && scale >= leastScale) return;
    const which = this.#plan.lossScale?.moves ? "even with the loss scale down at" : "with the loss scale";
    this.#tellOnce(`a gradient was not finite ${where}, ${which} ${scale}; such updates are left out`);
  }

  #limit(steps: number): Stop | undefined {
    const { maxSteps, maxSeconds } = this.#plan;
    if (steps >= maxSteps) return { why: "limit", reason: `it took the ${maxSteps} steps of its limit` };
    if (this.seconds >= maxSeconds)
      return { why: "limit", reason: `it took the ${maxSeconds} s of its limit` };
    return undefined;
  }

  #tellOnce(sentence: string): void {
    if (!this.#hasTold) this.#tell(sentence);
    this.#hasTold = true;
  }
}
