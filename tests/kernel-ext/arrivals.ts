/** Waits for what is to arrive. */
export class Arrivals {
  readonly #waiters = new Set<() => void>();

  /** Says that something came: all who wait look again. */
  came(): void {
    for (const wake of [...this.#waiters]) wake();
  }

  /** Waits until `check` gives something; undefined when it has not in so many milliseconds. */
  async until<T>(check: () => T | undefined | false, milliseconds: number): Promise<T | undefined> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const found = check();
      if (found) return found;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      // What `check` looks at may change without an arrival.
      await this.#next(Math.min(left, 200));
    }
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiters.add(wake);
    });
  }
}
