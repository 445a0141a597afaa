/** Exponential moving average of losses, divided by what its start lacks (as Adam's moments are). */
export class SmoothedLoss {
  readonly #decay: number;
  #sum = 0;
  #weight = 0;
  #least = Number.POSITIVE_INFINITY;

  /** @param decay in [0, 1); 0 smooths nothing */
  constructor(decay: number) {
    this.#decay = decay;
  }

  /** The average with this loss in it. */
  add(loss: number): number {
    this.#sum = this.#decay * this.#sum + (1 - this.#decay) * loss;
    this.#weight = this.#decay * this.#weight + (1 - this.#decay);
    const average = this.#sum / this.#weight;
    if (average < this.#least) this.#least = average;
    return average;
  }

  /** The least average so far. */
  get least(): number {
    return this.#least;
  }
}
