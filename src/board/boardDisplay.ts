/** A board that is shown, and shown anew in its place while its runs go on. */
import { host, type MimeBundle, type Shown } from "../base/host.js";
import type { Board } from "./board.js";
import { beginDrawing, type Drawing, type Drawn } from "./render/drawing.js";

/** Milliseconds between two times at least: more than four times a second nobody sees. */
const leastPause = 250;
/** Reading and drawing take at most one part of so many of a core's time. */
const share = 5;
/** Milliseconds between two looks for an answer, where many points are logged. */
const lookPause = 5;

export interface BoardDisplayOptions {
  /** Renewed where `changed` was called since, and otherwise left alone. Default: renewed always. */
  readonly whenChanged?: boolean;
}

/**
 * Lifecycle: made, whereupon it takes its place and shows the board there as soon as it is drawn; `end` once, which shows
 * it a last time, with its pictures.
 * Guarantees: one drawing at a time, in the drawing thread; what is equal to what is shown is not shown again; only the
 * last one has pictures. An error while runs go on ends the renewing, and `end` rejects with it.
 */
export class BoardDisplay {
  readonly #board: Board;
  readonly #whenChanged: boolean;
  readonly #shown: Shown;
  #last = "";
  #timer: NodeJS.Timeout | undefined;
  #drawing: Drawing | undefined;
  #began = 0;
  /** When it may be drawn again, and when an answer is looked for again, by `performance.now()`. */
  #due = 0;
  #look = 0;
  #isChanged = false;
  #failure: Error | undefined;
  #isEnding = false;
  #drawn = () => {};

  constructor(board: Board, { whenChanged = false }: BoardDisplayOptions = {}) {
    this.#board = board;
    this.#whenChanged = whenChanged;
    // At once, in the cell that asks for it: what a thread answers later belongs to the cell that began the thread.
    this.#shown = host().display({ "text/plain": "the board is being drawn …" });
    this.#begin();
  }

  /**
   * There is something new to show. Cheap, for whoever logs; where the event loop has no turn meanwhile, it is by these
   * calls that the board is renewed.
   */
  changed(): void {
    this.#isChanged = true;
    const now = performance.now();
    if (now < this.#look || this.#isEnding) return;
    this.#look = now + lookPause;
    if (this.#drawing) this.#drawing.poll();
    else if (now >= this.#due) this.#begin();
    else this.#timer ??= this.#later(this.#due - now);
  }

  /** Shows the board as it is at the end. */
  async end(): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    clearTimeout(this.#timer);
    if (this.#drawing)
      await new Promise<void>((resolve) => {
        this.#drawn = resolve;
      });
    if (this.#failure !== undefined) throw this.#failure;
    // Pictures take longer than an interrupted cell may have.
    this.#show(await this.#board.liveBundle());
    const bundle = await this.#board.toMimeBundle();
    this.#shown.update(bundle, { final: true });
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isChanged = false;
    this.#began = performance.now();
    const { sources, settings } = this.#board;
    this.#drawing = beginDrawing({ what: "live", sources, settings }, (drawn) => this.#take(drawn));
  }

  #take(drawn: Drawn): void {
    this.#drawing = undefined;
    try {
      if ("error" in drawn) throw drawn.error;
      this.#show(drawn.result as MimeBundle);
      const now = performance.now();
      const pause = Math.max(leastPause, (share - 1) * (now - this.#began));
      this.#due = now + pause;
      if (!this.#isEnding && (this.#isChanged || !this.#whenChanged)) this.#timer = this.#later(pause);
    } catch (error) {
      this.#failure = error as Error;
      this.#due = Number.POSITIVE_INFINITY;
    }
    this.#drawn();
  }

  #later(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#begin(), milliseconds).unref();
  }

  #show(bundle: MimeBundle): void {
    const text = JSON.stringify(bundle);
    if (text === this.#last) return;
    this.#last = text;
    this.#shown.update(bundle);
  }
}
