/** What the calls of a captured function took, in milliseconds a step. The first also compiles, so it does not count. */
export class StepTime {
  /** How many calls were measured. */
  measured = 0;
  /** Of the calls lately; undefined before the second. */
  usual: number | undefined;
  #isCompiled = false;

  /** @param steps of the call */
  add(milliseconds: number, steps = 1): void {
    if (this.#isCompiled) this.#count(milliseconds / steps);
    this.#isCompiled = true;
  }

  #count(now: number): void {
    this.measured++;
    this.usual = this.usual === undefined ? now : 0.7 * this.usual + 0.3 * now;
  }
}
