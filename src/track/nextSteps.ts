/** Where a run's points stand that are given no step. */
export class NextSteps {
  #next = 0;
  /** The step after the last of each tag that has texts, pictures or the like. */
  readonly #ofMedia = new Map<string, number>();

  /** Of scalars and histograms: the one after the highest step logged. */
  get logged(): number {
    return this.#next;
  }

  /** Of a text, a picture or the like: the one after this tag's last, but no lower than the highest step logged. */
  ofMedia(tag: string): number {
    return Math.max(this.#ofMedia.get(tag) ?? 0, this.#next - 1);
  }

  noteLogged(step: number): void {
    this.#next = Math.max(this.#next, step + 1);
  }

  noteMedia(tag: string, step: number): void {
    this.#ofMedia.set(tag, Math.max(this.#ofMedia.get(tag) ?? 0, step + 1));
  }
}
