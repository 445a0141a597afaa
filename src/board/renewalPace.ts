/** How long to wait between two drawings of a chart that is renewed in its place, so that a browser keeps up with them. */

/** Milliseconds between the first drawings, of which more than four a second nobody sees; between all others; at most. */
const pauses = { first: 250, later: 1000, longest: 15_000 };
/** Drawings at the beginning, when each shows much that is new. */
const firstOnes = 3;
/** At most one part of so many of a core's time goes into reading and writing a chart, and of the browser's into drawing it. */
const shares = { made: 5, drawn: 4 };
/** What it takes to draw a chart is looked at again when the chart has grown so much, and after so many drawings. */
const [growth, often] = [1.25, 12];

/**
 * The client never says whether it has drawn a chart: what comes too fast waits before it, and behind that an interrupt's
 * answer. So Vega draws the chart here from time to time too, in the drawing thread, and a browser is taken to need as long:
 * that holds on a busy machine as well.
 */
export class RenewalPace {
  #count = 0;
  #rehearsed = { size: 0, at: 0, milliseconds: 0 };

  /** Counts a drawing that is shown. @param size of its specification, in bytes */
  shown(size: number): { readonly isToRehearse: boolean } {
    this.#count++;
    const { size: before, at } = this.#rehearsed;
    const isOther = size > before * growth || this.#count - at >= often;
    return { isToRehearse: this.#count >= firstOnes && isOther };
  }

  /** @param size of the specification that took so long to draw, in bytes */
  rehearsed(size: number, milliseconds: number): void {
    this.#rehearsed = { size, at: this.#count, milliseconds };
  }

  /** Milliseconds until the next one is begun. @param made how long it took to read and write this one, in milliseconds */
  pause(made: number): number {
    const least = this.#count <= firstOnes ? pauses.first : pauses.later;
    const kept = Math.max((shares.made - 1) * made, (shares.drawn - 1) * this.#rehearsed.milliseconds);
    return Math.max(least, Math.min(kept, pauses.longest));
  }
}
