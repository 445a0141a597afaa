/** Asks one question at a time, so that answers come in the order of their questions, however slow they are. */

/** Milliseconds. */
export interface Pauses {
  /** In which a question has to stay as it is, before it is asked. */
  readonly resting?: number;
  /** From one asking to the next, of a question that is asked again since its answer may have changed. */
  readonly pause?: number;
}

export interface AskInTurnOptions<Q, A> extends Pauses {
  ask(question: Q): Promise<A>;
  answered(answer: A): void;
  failed(error: Error): void;
}

interface Wanted<Q> {
  readonly question: Q;
  /** The question in words, and what changes when its answer may have. */
  readonly text: string;
  readonly state: string;
}

/**
 * Invariants: at most one question is on its way. Each answer is given, also one to which a newer question is waiting: it
 * is newer than what is shown. Changes that come faster than answers do not put a question off.
 */
export class AskInTurn<Q, A> {
  readonly #options: Required<AskInTurnOptions<Q, A>>;
  #wanted: Wanted<Q> | undefined;
  /** The last that was asked and did not fail. */
  #asked: Wanted<Q> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #busy = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AskInTurnOptions<Q, A>) {
    this.#options = { resting: 0, pause: 0, ...options };
  }

  /** Asks it, now or later, unless a newer one is wanted until then. */
  want(question: Q, state: string): void {
    const before = this.#wanted;
    this.#wanted = { question, text: JSON.stringify(question), state };
    if (!before) this.#go();
    else if (before.text !== this.#wanted.text) this.#goIn(this.#options.resting);
    else if (this.#timer === undefined) this.#goIn(this.#untilPauseIsOver());
  }

  /** What comes from now on is told to nobody. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #untilPauseIsOver(): number {
    return this.#askedAt + this.#options.pause - performance.now();
  }

  #goIn(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (wait > 0) this.#timer = setTimeout(() => this.#go(), wait);
    else this.#go();
  }

  #go(): void {
    this.#timer = undefined;
    const turn = this.#wanted;
    if (this.#closed || this.#busy || !turn || isSame(turn, this.#asked)) return;
    this.#busy = true;
    this.#asked = turn;
    this.#askedAt = performance.now();
    void this.#ask(turn).then(() => {
      this.#busy = false;
      const next = this.#wanted as Wanted<Q>;
      if (this.#timer !== undefined || isSame(next, turn)) return;
      this.#goIn(next.text === turn.text ? this.#untilPauseIsOver() : 0);
    });
  }

  async #ask(turn: Wanted<Q>): Promise<void> {
    try {
      const answer = await this.#options.ask(turn.question);
      if (!this.#closed) this.#options.answered(answer);
    } catch (error) {
      this.#asked = undefined;
      if (!this.#closed) this.#options.failed(error as Error);
    }
  }
}

function isSame<Q>(a: Wanted<Q>, b: Wanted<Q> | undefined): boolean {
  return a.text === b?.text && a.state === b.state;
}
