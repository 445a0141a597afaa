/** A board that is shown, and shown anew in its place while its runs go on. */
import { host, type Shown } from "../base/host.js";
import type { Board } from "./board.js";

/** Milliseconds between two times at least: more than four times a second nobody sees. */
const leastPause = 250;
/** Reading and drawing take at most one part of so many of a core's time. */
const share = 5;

/**
 * Lifecycle: made, whereupon it takes its place and shows the board there as soon as it is drawn; `end` once, which shows it a last time, with its
 * pictures.
 * Guarantees: one drawing at a time, in the drawing thread; what is equal to what is shown is not shown again; only the
 * last one has pictures. An error while runs go on ends the renewing, and `end` rejects with it.
 */
export class BoardDisplay {
  readonly #board: Board;
  readonly #shown: Shown;
  #last = "";
  #timer: NodeJS.Timeout | undefined;
  #drawing: Promise<void>;
  #failure: unknown;
  #ended = false;

  constructor(board: Board) {
    this.#board = board;
    // At once, in the cell that asks for it: what a thread answers later belongs to the cell that began the thread.
    this.#shown = host().display({ "text/plain": "the board is being drawn …" });
    this.#drawing = this.#renew();
  }

  /** Shows the board as it is at the end. */
  async end(): Promise<void> {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    await this.#drawing;
    this.#ended = true;
    clearTimeout(this.#timer);
    if (this.#failure !== undefined) throw this.#failure;
    // Pictures take longer than an interrupted cell may have.
    await this.#draw();
    const bundle = await this.#board.toMimeBundle();
    this.#shown.update(bundle, { final: true });
  }

  async #renew(): Promise<void> {
    const start = performance.now();
    try {
      await this.#draw();
    } catch (error) {
      this.#failure = error;
      return;
    }
    if (this.#ended) return;
    const pause = Math.max(leastPause, (share - 1) * (performance.now() - start));
    this.#timer = setTimeout(() => {
      this.#drawing = this.#renew();
    }, pause);
    this.#timer.unref();
  }

  async #draw(): Promise<void> {
    const bundle = await this.#board.liveBundle();
    const text = JSON.stringify(bundle);
    if (text === this.#last) return;
    this.#last = text;
    this.#shown.update(bundle);
  }
}
