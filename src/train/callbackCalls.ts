/** Calls a training's callbacks. */
import type { Callback, TrainingContext } from "./callback.js";
import type { Stop, Surroundings, TrainingLog } from "./surroundings.js";
import type { TrainingPlan } from "./trainingPlan.js";

export interface CalledFrom {
  readonly plan: Pick<TrainingPlan, "callbacks" | "epochs" | "stepsPerEpoch">;
  readonly around: Pick<Surroundings, "model" | "recorder" | "step">;
  readonly log: TrainingLog;
  /** Of the last step. */
  readonly learningRate: () => number;
}

export class CallbackCalls {
  /** The end that a callback asked for first. */
  asked: Stop | undefined;
  readonly #from: CalledFrom;

  constructor(from: CalledFrom) {
    this.#from = from;
  }

  /** Calls the hooks of one name, one after another. @throws what one of them throws. */
  async call(name: keyof Callback, more: object = {}): Promise<void> {
    for (const callback of this.#from.plan.callbacks) {
      const hook = callback[name] as ((context: object) => void | Promise<void>) | undefined;
      const waiting = hook?.call(callback, { ...this.#context, ...more });
      if (waiting) await waiting;
    }
  }

  get #context(): TrainingContext {
    const { plan, around, log, learningRate } = this.#from;
    const { epochs, stepsPerEpoch } = plan;
    return {
      model: around.model,
      epochs,
      stepsPerEpoch,
      learningRate: learningRate(),
      pull: () => around.step.pull(),
      log: (values) => around.recorder?.own(Math.max(0, log.steps - 1), values),
      stop: (reason = "a callback ended it") => {
        this.asked ??= { why: "callback", reason };
      },
    };
  }
}
