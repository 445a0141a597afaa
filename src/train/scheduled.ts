/** What a training's schedule says at a step. */
import type { Moment, Schedule } from "../optim/schedules/schedule.js";
import type { UpdateOptions } from "./seams.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** A step over all epochs, from 0, and its epoch, from 1. */
export interface StepPlace {
  readonly step: number;
  readonly epoch: number;
}

export class Scheduled {
  readonly #plan: Pick<TrainingPlan, "learningRate" | "stepsPerEpoch">;
  /** This training's own, if it learns from it. */
  readonly #schedule: Schedule;

  constructor(plan: Pick<TrainingPlan, "learningRate" | "stepsPerEpoch" | "schedule">) {
    this.#plan = plan;
    this.#schedule = plan.schedule.begin?.() ?? plan.schedule;
  }

  /** What it has learnt; undefined if it learns nothing. */
  get state(): unknown {
    return this.#schedule.state?.();
  }

  restore(state: unknown): void {
    if (state !== undefined) this.#schedule.restore?.(state);
  }

  /** Takes an epoch's means, after its last step. */
  observe(values: Readonly<Record<string, number>>, at: StepPlace): void {
    this.#schedule.observe?.(values, this.#moment(at));
  }

  /** @throws RangeError for a factor below 0 or not finite. */
  optionsAt(at: StepPlace): UpdateOptions {
    const moment = this.#moment(at);
    const factor = this.#schedule.factor(moment);
    if (!(factor >= 0 && Number.isFinite(factor)))
      throw new RangeError(
        `fit needs a schedule whose factors are at least 0 and finite; "${this.#schedule.name}" gave ${factor} at step ${at.step}`,
      );
    const momentum = this.#schedule.momentum?.(moment);
    return {
      learningRate: this.#plan.learningRate * factor,
      ...(momentum !== undefined && { momentum }),
    };
  }

  #moment({ step, epoch }: StepPlace): Moment {
    const { learningRate, stepsPerEpoch } = this.#plan;
    return { step, epoch: epoch - 1, stepsPerEpoch, learningRate };
  }
}
