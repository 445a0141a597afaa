/** A board that is shown, and shown anew in its place while its runs go on. */
import { host, type MimeBundle, type Shown } from "../base/host.js";
import type { Board } from "./board.js";
import type { Spec } from "./inlineData.js";
import { beginDrawing, type Drawing, type Drawn } from "./render/drawing.js";
import { RenewalPace } from "./renewalPace.js";

/** Milliseconds between two looks for an answer, where many points are logged. */
const lookPause = 5;

export interface BoardDisplayOptions {
  /** Renewed where `changed` was called since, and otherwise left alone. Default: renewed always. */
  readonly whenChanged?: boolean;
  /** Once it is aborted nothing is drawn but the end, and its cell does not wait for the pictures. */
  readonly signal?: AbortSignal;
}

/**
 * Lifecycle: made, whereupon it takes its place and shows the board there as soon as it is drawn; `end` once, which shows
 * it a last time, with its pictures.
 * Guarantees: one drawing at a time, in the drawing thread, as often as a browser can take them (`RenewalPace`); what is
 * equal to what is shown is not shown again; only the last one has pictures, tooltips and a choice of smoothing. An error
 * while runs go on ends the renewing, and `end` rejects with it.
 */
export class BoardDisplay {
  readonly #board: Board;
  readonly #options: BoardDisplayOptions;
  readonly #pace = new RenewalPace();
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

  constructor(board: Board, options: BoardDisplayOptions = {}) {
    this.#board = board;
    this.#options = options;
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
    if (now < this.#look || this.#isEnding || this.#failure !== undefined) return;
    this.#look = now + lookPause;
    if (this.#drawing) this.#drawing.poll();
    else if (now >= this.#due) this.#begin();
    else this.#timer ??= this.#later(this.#due - now);
  }

  /**
   * Shows the board as it is at the end, with its pictures. They follow where the signal is aborted, as the cell is to end
   * then.
   *
   * @param failedLater told why they could not follow; else it rejects
   */
  async end(failedLater: (error: Error) => void): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    clearTimeout(this.#timer);
    if (this.#drawing)
      await new Promise<void>((resolve) => {
        this.#drawn = resolve;
      });
    if (this.#failure !== undefined) throw this.#failure;
    const { signal } = this.#options;
    // Pictures take longer than an interrupted cell may have.
    if (signal?.aborted !== false) this.#show(await this.#board.passingBundle());
    if (signal?.aborted) this.#showLast().catch(failedLater);
    else await this.#showLast();
  }

  async #showLast(): Promise<void> {
    this.#shown.update(await this.#board.toMimeBundle(), { final: true });
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#options.signal?.aborted) return;
    this.#isChanged = false;
    this.#began = performance.now();
    const { sources, settings } = this.#board;
    this.#drawing = beginDrawing({ what: "passing", sources, settings }, (drawn) => this.#take(drawn));
  }

  #take(drawn: Drawn): void {
    this.#drawing = undefined;
    try {
      if ("error" in drawn) throw drawn.error;
      const bundle = drawn.result as MimeBundle;
      const made = performance.now() - this.#began;
      const isRehearsed = !this.#isOver && this.#show(bundle) && this.#rehearse(bundle, made);
      if (isRehearsed) return;
      this.#wait(made);
    } catch (error) {
      this.#failure = error as Error;
    }
    this.#drawn();
  }

  get #isOver(): boolean {
    return this.#isEnding || this.#options.signal?.aborted === true;
  }

  /** Finds out how long a browser takes for it, where that is due. */
  #rehearse(bundle: MimeBundle, made: number): boolean {
    const size = this.#last.length;
    if (!this.#pace.shown(size).isToRehearse) return false;
    const spec = bundle["application/vnd.vegalite.v5+json"] as Spec;
    this.#drawing = beginDrawing({ what: "time", spec }, (drawn) => {
      this.#drawing = undefined;
      if ("error" in drawn) this.#failure = drawn.error;
      else {
        this.#pace.rehearsed(size, drawn.result as number);
        this.#wait(made);
      }
      this.#drawn();
    });
    return true;
  }

  #wait(made: number): void {
    const pause = this.#pace.pause(made);
    this.#due = performance.now() + pause;
    if (!this.#isOver && (this.#isChanged || !this.#options.whenChanged)) this.#timer = this.#later(pause);
  }

  #later(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#begin(), milliseconds).unref();
  }

  /** False where it is shown already. */
  #show(bundle: MimeBundle): boolean {
    const text = JSON.stringify(bundle);
    if (text === this.#last) return false;
    this.#last = text;
    this.#shown.update(bundle);
    return true;
  }
}
