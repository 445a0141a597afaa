/** The numbers that change from step to step beside the batch: the optimiser's scalars and the seed. */
import type { Handle } from "../../native/handles.js";
import { seedValues } from "../../native/random.js";
import { ReusedTensor } from "../../native/reusedTensor.js";
import type { StepOptions } from "../seams.js";
import type { StepPlan } from "./stepBody.js";
import { noiseScalars, type StepNoise } from "./stepNoise.js";

/** Lifecycle: filled before each update, which reads it; the arrays are used again by the next; disposed once. */
export class StepFeed {
  readonly scalars: Float32Array;
  readonly seed = new Int32Array(2);
  readonly #plan: Pick<StepPlan, "optimizer" | "scalars" | "fixed">;
  /** Made when a captured step first takes them. */
  #tensors: readonly [ReusedTensor, ReusedTensor] | undefined;

  constructor(plan: Pick<StepPlan, "optimizer" | "scalars" | "fixed">) {
    this.#plan = plan;
    this.scalars = new Float32Array(plan.scalars.length);
  }

  /**
   * @param updates how many there were before; Adam's bias correction needs it
   * @param noise of the layers as they are now
   */
  fill(
    updates: number,
    { learningRate, momentum, seed, share = 1, lossScale = 1 }: StepOptions & { share?: number },
    noise: readonly StepNoise[],
  ): this {
    const { optimizer, scalars, fixed } = this.#plan;
    const numbers = { ...fixed, ...noiseScalars(noise), share, lossScale };
    const values = { ...optimizer.scalars(updates, learningRate, momentum), ...numbers };
    scalars.forEach((name, i) => {
      this.scalars[i] = (values as Record<string, number>)[name] as number;
    });
    this.seed.set(seedValues(seed));
    return this;
  }

  /** As a captured step takes them. */
  handles(): Handle[] {
    this.#tensors ??= [new ReusedTensor(this.scalars), new ReusedTensor(this.seed)];
    const [scalars, seed] = this.#tensors;
    scalars.write(this.scalars);
    seed.write(this.seed);
    return [scalars.handle, seed.handle];
  }

  dispose(): void {
    for (const tensor of this.#tensors ?? []) tensor.dispose();
  }
}
