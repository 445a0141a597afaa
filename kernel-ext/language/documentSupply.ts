/** Has documents ready for cells to come, opened while the server is not asked about cells or drafts. */
import { type CellDocuments, SPARES } from "./cellDocuments.js";

/** Free slots below which there are to be more, although it keeps the next cell waiting. */
const FEW = 6;
/** Slots and spares that are enough; as many as hold the cells of most notebooks that are run from top to bottom. */
const PLENTY = 64;
/** Milliseconds between two documents that are opened while nothing is asked: the server needs 2 to 5 for one. */
const pace = 25;

/**
 * Invariant: no document is opened between a question's begin and its end, but for those that the next cell waits for.
 *
 * A run of hundreds of cells in one go leaves no pause. Then one cell in 32 waits until so many are opened. To open one
 * beside each cell instead makes that wait shorter, but all others longer, as the server is behind with the next one.
 */
export class DocumentSupply {
  readonly #documents: CellDocuments;
  readonly #admitted: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** How many questions have no answer yet. */
  #questions = 0;

  /** @param admitted Called when spares became slots: the server had better read its program anew at once. */
  constructor(documents: CellDocuments, admitted: () => void) {
    this.#documents = documents;
    this.#admitted = admitted;
  }

  /** A cell that was checked runs: the server is free meanwhile. */
  cellRuns(): void {
    if (this.#documents.free < FEW) {
      for (let more = SPARES - this.#documents.spare; more > 0; more--) this.#documents.addSpare();
      this.#admit();
    }
    this.pauseBegins();
  }

  /** Opens one document after the other until the pause ends. */
  pauseBegins(): void {
    this.pauseEnds();
    if (this.#questions > 0 || !this.#scarce || this.#documents.spare >= SPARES) return;
    this.#timer = setTimeout(() => {
      this.#documents.addSpare();
      this.pauseBegins();
    }, pace).unref();
  }

  /** Asks the server about a cell or a draft. The pause ends, and another begins when the last question is answered. */
  async whileAsked<T>(ask: () => Promise<T>): Promise<T> {
    this.#questions++;
    this.pauseEnds();
    try {
      return await ask();
    } finally {
      this.#questions--;
      this.pauseBegins();
    }
  }

  pauseEnds(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nothing was asked for a while, so that the server may read its program anew. */
  longPause(): void {
    if (this.#documents.free < PLENTY / 2) this.#admit();
  }

  #admit(): void {
    if (this.#documents.spare === 0) return;
    this.#documents.admit();
    this.#admitted();
  }

  get #scarce(): boolean {
    return this.#documents.free + this.#documents.spare < PLENTY;
  }
}
