/** What several steps of one call are fed beside the weights: as `StepFeed`, of each of them. */
import type { Handle } from "../../native/handles.js";
import { ReusedTensor } from "../../native/reusedTensor.js";
import type { StepOptions } from "../seams.js";
import type { StepsShape } from "./captureSteps.js";
import type { StepPlan } from "./stepBody.js";
import type { StepFeed } from "./stepFeed.js";

/** Lifecycle: filled before each call, which reads it; the arrays are used again by the next; disposed once. */
export class StepsFeed {
  readonly shape: StepsShape;
  readonly #count = new Int32Array(1);
  readonly #rows: Int32Array;
  readonly #scalars: Float32Array;
  readonly #seeds: Int32Array;
  readonly #tensors: readonly ReusedTensor[];

  constructor(plan: Pick<StepPlan, "scalars">, shape: StepsShape) {
    const { most, batchSize } = shape;
    this.shape = shape;
    this.#rows = new Int32Array(most * batchSize);
    this.#scalars = new Float32Array(most * plan.scalars.length);
    this.#seeds = new Int32Array(most * 2);
    this.#tensors = this.#arrays.map((values) => new ReusedTensor(values));
  }

  /**
   * @param rows of the steps' samples, one step after another
   * @param updates how many there were before
   * @param single fills each step's own numbers
   */
  fill(
    rows: Int32Array,
    steps: readonly StepOptions[],
    { updates, single, noise }: { updates: number; single: StepFeed; noise: StepPlan["noise"] },
  ): this {
    this.#count[0] = steps.length;
    this.#rows.set(rows);
    steps.forEach((options, i) => {
      const { scalars, seed } = single.fill(updates + i, options, noise);
      this.#scalars.set(scalars, i * scalars.length);
      this.#seeds.set(seed, i * seed.length);
    });
    return this;
  }

  /** Of the call that it is filled for. */
  get steps(): number {
    return this.#count[0] as number;
  }

  /** As a captured call takes them. */
  handles(): Handle[] {
    const arrays = this.#arrays;
    return this.#tensors.map((tensor, i) => {
      tensor.write(arrays[i] as Int32Array);
      return tensor.handle;
    });
  }

  dispose(): void {
    for (const tensor of this.#tensors) tensor.dispose();
  }

  get #arrays(): readonly (Int32Array | Float32Array)[] {
    return [this.#count, this.#rows, this.#scalars, this.#seeds];
  }
}
