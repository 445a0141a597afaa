/** Bytes of a page that all parts of one kind share; what finds no room is told. */

/** So many are named, the others counted. */
const mostNamed = 3;

/** Something that may be carried, whole or as less. */
export interface Part<Kept> {
  readonly name: string;
  /** Ever smaller ones. */
  readonly versions: () => readonly Kept[];
}

export class PageRoom {
  private left: number;
  private readonly without: string[] = [];

  /** @param names what a part is called, such as `table`, and several */
  constructor(
    private readonly names: readonly [one: string, several: string],
    bytes: number,
  ) {
    this.left = bytes;
  }

  /**
   * Of the parts of each run those that find room, in turn: the first of each run, then the second of each, and so on. All
   * of them as little as they may be, before one has more.
   */
  takeInTurn<Kept>(runs: readonly (readonly Part<Kept>[])[], sizeOf: (kept: Kept) => number): Kept[][] {
    const turns = inTurn(runs).map(({ run, part: { name, versions } }) => ({ run, name, all: versions() }));
    const least = turns.map(({ name, all }) => this.take(name, all.slice(-1), sizeOf));
    const taken = runs.map((): Kept[] => []);
    turns.forEach(({ run, all }, i) => {
      const little = least[i];
      if (little !== undefined) taken[run]?.push(this.more(little, all, sizeOf));
    });
    return taken;
  }

  /** The first version that fits in the place of the last. */
  private more<Kept>(little: Kept, versions: readonly Kept[], sizeOf: (kept: Kept) => number): Kept {
    if (versions.length === 1) return little;
    const before = this.left;
    this.left += this.left === Number.POSITIVE_INFINITY ? 0 : sizeOf(little);
    const kept = this.fitting(versions, sizeOf);
    if (kept === undefined) this.left = before;
    return kept ?? little;
  }

  private fitting<Kept>(versions: readonly Kept[], sizeOf: (kept: Kept) => number): Kept | undefined {
    for (const kept of versions) {
      // Where all has room nothing is weighed.
      const size = this.left === Number.POSITIVE_INFINITY ? 0 : sizeOf(kept);
      if (size > this.left) continue;
      this.left -= size;
      return kept;
    }
    return undefined;
  }

  /** The first of ever smaller versions that fits; undefined where none does. */
  take<Kept>(name: string, versions: readonly Kept[], sizeOf: (kept: Kept) => number): Kept | undefined {
    const kept = this.fitting(versions, sizeOf);
    if (kept === undefined) this.without.push(name);
    return kept;
  }

  /** Nothing, or a sentence. */
  remarks(): string[] {
    const count = this.without.length;
    if (count === 0) return [];
    const [one, several] = this.names;
    const named = this.without.slice(0, mostNamed).join(", ");
    const more = count > mostNamed ? ` and ${(count - mostNamed).toLocaleString("en-US")} more` : "";
    const all = count === 1 ? `1 ${one}` : `${count.toLocaleString("en-US")} ${several}`;
    return [`The page has no room for ${all}: ${named}${more}.`];
  }
}

function inTurn<Kept>(runs: readonly (readonly Part<Kept>[])[]): { run: number; part: Part<Kept> }[] {
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, turn) =>
    runs.flatMap((parts, run) => {
      const part = parts[turn];
      return part ? [{ run, part }] : [];
    }),
  ).flat();
}
