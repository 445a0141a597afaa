import { tf } from "../native/index.js";
import type { SavedTensor } from "./seams.js";

/** A copy of a model's weights, for the best epoch so far. Its owner disposes it once. */
export class BestWeights {
  readonly #model: tf.LayersModel;
  #weights: tf.Tensor[] = [];

  constructor(model: tf.LayersModel) {
    this.#model = model;
  }

  /** Takes the model's weights as they are. */
  keep(): void {
    this.dispose();
    this.#weights = this.#model.getWeights().map((weight) => weight.clone());
  }

  /** Gives them to the model, if any were kept. */
  giveBack(): void {
    if (this.#weights.length > 0) this.#model.setWeights(this.#weights);
  }

  save(): SavedTensor[] {
    return this.#weights.map((weight) => ({
      shape: weight.shape,
      values: weight.dataSync() as Float32Array,
    }));
  }

  restore(saved: readonly SavedTensor[]): void {
    this.dispose();
    this.#weights = saved.map(({ shape, values }) => tf.tensor(values, [...shape]));
  }

  dispose(): void {
    tf.dispose(this.#weights);
    this.#weights = [];
  }
}
