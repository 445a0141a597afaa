/** Characters of a page that all parts of one kind share; what finds no room is told. */
import { counted } from "../base/counted.js";

/** So many are named, the others counted. */
const mostNamed = 3;

export class PageRoom {
  private left: number;
  private readonly without: string[] = [];

  /** @param kind what a part is called, such as `table` */
  constructor(
    private readonly kind: string,
    characters: number,
  ) {
    this.left = characters;
  }

  /** The first of ever smaller versions that fits; undefined where none does. */
  take<Part>(name: string, versions: readonly Part[], sizeOf: (part: Part) => number): Part | undefined {
    for (const part of versions) {
      const size = sizeOf(part);
      if (size > this.left) continue;
      this.left -= size;
      return part;
    }
    this.without.push(name);
    return undefined;
  }

  /** Nothing, or a sentence. */
  remarks(): string[] {
    const count = this.without.length;
    if (count === 0) return [];
    const named = this.without.slice(0, mostNamed).join(", ");
    const more = count > mostNamed ? ` and ${count - mostNamed} more` : "";
    return [`The page has no room for ${counted(count, this.kind)}: ${named}${more}.`];
  }
}
