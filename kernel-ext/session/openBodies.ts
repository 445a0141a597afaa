/** Magics whose TypeScript stands between a begin and an end in the cell itself: `%time const model = build()`. */

interface OpenBody {
  settle(value: unknown): void;
  fail(error: unknown): void;
  /** What the magic's `run` comes to. */
  readonly run: Promise<unknown>;
}

/** Invariant: the body of each magic settles once: by its end, or with what the cell threw before it. */
export class OpenBodies {
  /** The innermost last. */
  readonly #open: OpenBody[] = [];

  /**
   * Starts a magic; resolves when it asks for its body, or has ended without it.
   * @param run the magic; what it is given resolves to the body's value.
   */
  async begin(run: (runBody: () => Promise<unknown>) => Promise<unknown>): Promise<void> {
    let settle: OpenBody["settle"] = () => {};
    let fail: OpenBody["fail"] = () => {};
    const body = new Promise<unknown>((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
    // A magic that never asks for its body need not hear how it ended.
    body.catch(() => {});
    await new Promise<void>((asked, failed) => {
      const running = run(() => {
        asked();
        return body;
      });
      running.then(() => asked(), failed);
      this.#open.push({ settle, fail, run: running });
    });
  }

  /** Resolves to the value of the magic that was begun last. */
  async end(value: unknown): Promise<unknown> {
    const body = this.#open.pop();
    if (!body) throw new RangeError("the end of a magic's body requires that one was begun");
    body.settle(value);
    return await body.run;
  }

  /** The cell threw: the magics it left open end with its error. Resolves when they have said what they have to say. */
  async fail(error: unknown): Promise<void> {
    if (this.#open.length === 0) return;
    const left = this.#open.splice(0).reverse();
    for (const body of left) body.fail(error);
    await Promise.allSettled(left.map(({ run }) => run));
  }
}
