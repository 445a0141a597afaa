/** More than this many modules are not kept: what was imported once may not be again. */
const MOST = 6;

/**
 * The modules that drafts import. A change of which ones a document imports makes the server build its program anew
 * (50 ms and more with TensorFlow.js), so a draft also imports what earlier ones did.
 *
 * Invariant: the last draft's own modules are last, so that one with the same imports has the same list.
 */
export class DraftModules {
  #recent: readonly string[] = [];

  /** Takes modules as imported before all others, unless there were others. */
  expect(likely: readonly string[]): void {
    if (this.#recent.length === 0) this.#recent = likely;
  }

  /** What a draft is to import beside its own modules, before them. */
  beside(own: readonly string[]): readonly string[] {
    const others = this.#recent.filter((module) => !own.includes(module)).slice(-MOST);
    this.#recent = [...others, ...new Set(own)];
    return others;
  }
}
