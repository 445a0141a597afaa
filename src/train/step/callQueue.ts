/** Calls that are made one after another, whether their callers wait for them or not. */
export class CallQueue {
  #last: Promise<unknown> | undefined;

  /**
   * What `call` gives, which begins once those before it have ended, whatever became of them; what is no promise takes no
   * place in the queue.
   */
  async take<T>(call: () => T | Promise<T>): Promise<T> {
    while (this.#last) await this.#last.catch(() => undefined);
    const outcome = call();
    if (!(outcome instanceof Promise)) return outcome;
    this.#last = outcome;
    try {
      return await outcome;
    } finally {
      this.#last = undefined;
    }
  }
}
