/** Several steps of one training in one call. */
import { CaptureError } from "../../native/capture/captureError.js";
import type { Batch } from "../batch.js";
import type { StepOptions } from "../seams.js";
import { batchSignature } from "./captureStep.js";
import { captureSteps, type StepsShape } from "./captureSteps.js";
import { runSteps } from "./runStep.js";
import type { StepPlan } from "./stepBody.js";
import type { StepFeed } from "./stepFeed.js";
import { type StepFunction, stepFunction } from "./stepFunctions.js";
import type { Outcome } from "./stepNumbers.js";
import type { StepState } from "./stepState.js";
import { StepsFeed } from "./stepsFeed.js";
import { mostByDefault, stepsPerCall } from "./stepsPerCall.js";

/** The training as it is now. */
export interface StepsOf {
  readonly plan: StepPlan;
  /** Of the computation. */
  readonly key: string;
  readonly state: StepState;
  /** How many updates there were before. */
  readonly updates: number;
}

/** What is to be done: `rows` are of all steps, one after another, and of equal number for each. */
export interface StepsToTake {
  readonly all: Batch;
  readonly rows: Int32Array;
  readonly options: readonly StepOptions[];
}

/** Lifecycle: made with a training, disposed with it. */
export class SeveralSteps {
  /** Steps of a call, where somebody said how many. */
  readonly #asked: number | undefined;
  /** Fills one step's numbers. */
  readonly #single: StepFeed;
  /** Is told of a capture that it makes, for batches of this size. */
  readonly #made: (step: StepFunction, batchSize: number) => void;
  #feed: StepsFeed | undefined;
  /** The last function that was called, and of which computation. */
  #last: { readonly step: StepFunction; readonly key: string } | undefined;
  /** Why they cannot be captured. */
  #refused: string | undefined;

  constructor(
    asked: number | "auto" | undefined,
    single: StepFeed,
    made: (step: StepFunction, batchSize: number) => void,
  ) {
    this.#made = made;
    this.#asked = asked === "auto" ? undefined : asked;
    this.#single = single;
  }

  /** Why they cannot be captured, once that is known. */
  get refused(): string | undefined {
    return this.#refused;
  }

  /** How many steps a call is to take where a step by itself is `single`. */
  perCall(single: StepFunction, { key, left }: { key: string; left: number }): number {
    if (this.#refused !== undefined) return 1;
    if (this.#asked !== undefined) return this.#asked;
    const several = this.#last?.key === key ? this.#last.step.time : undefined;
    return stepsPerCall({ single: single.time, several, left });
  }

  /**
   * Undefined where several steps cannot be captured together.
   *
   * @throws RangeError for more steps than a call takes.
   */
  run(
    { plan, key, state, updates }: StepsOf,
    { all, rows, options }: StepsToTake,
  ): Outcome[] | Promise<Outcome[]> | undefined {
    const most = this.#asked ?? mostByDefault;
    if (options.length > most)
      throw new RangeError(`a call takes at most ${most} steps, but was given ${options.length}`);
    const shape = { most, batchSize: rows.length / options.length };
    const step = this.#capture(plan, all, { key, shape });
    if (!step) return undefined;
    this.#last = { step, key };
    const feed = this.#feedOf(plan, shape);
    feed.fill(rows, options, { updates, single: this.#single, noise: plan.noise });
    return runSteps(step, { all, feed, state });
  }

  dispose(): void {
    this.#feed?.dispose();
  }

  #capture(
    plan: StepPlan,
    all: Batch,
    { key, shape }: { key: string; shape: StepsShape },
  ): StepFunction | undefined {
    if (this.#refused !== undefined) return undefined;
    try {
      const { most, batchSize } = shape;
      const text = `${most} steps of ${batchSize} from ${batchSignature(all)} ${key}`;
      return stepFunction(text, () => {
        const step = captureSteps(plan, all, shape);
        this.#made(step, batchSize);
        return step;
      });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      this.#refused = error.message;
      return undefined;
    }
  }

  #feedOf(plan: StepPlan, shape: StepsShape): StepsFeed {
    const { most, batchSize } = this.#feed?.shape ?? {};
    if (!this.#feed || most !== shape.most || batchSize !== shape.batchSize) {
      this.#feed?.dispose();
      this.#feed = new StepsFeed(plan, shape);
    }
    return this.#feed;
  }
}
