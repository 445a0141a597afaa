/** V8's report of a full heap: pages of numbers and native frames, which a person cannot use. */

/** Its first line. */
const beginning = "<--- Last few GCs --->";

/**
 * Holds back what comes on stderr from the report's first line on, until it is known whether the process died of it.
 * Invariant: nothing is lost: what `pass` does not give, `release` gives.
 */
export class HeapReport {
  private held = "";

  /** What may be shown now. */
  pass(text: string): string {
    if (this.held !== "") {
      this.held += text;
      return "";
    }
    const at = text.indexOf(beginning);
    if (at < 0) return text;
    this.held = text.slice(at);
    return text.slice(0, at).replace(/\n$/, "");
  }

  /** What was held back. */
  release(): string {
    const { held } = this;
    this.held = "";
    return held;
  }
}
