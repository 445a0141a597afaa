/** Which cell gave each name its present meaning, as value and as type. */
import type { CellFacts, DeclarationKind } from "./cellFacts.js";

export interface Meaning {
  readonly cell: number;
  readonly kind: DeclarationKind;
}

/** Invariant: what a later cell declares replaces what earlier ones declared, space by space. */
export class NameTable {
  readonly #values = new Map<string, Meaning>();
  readonly #types = new Map<string, Meaning>();
  /** Cells that change types which are not theirs. */
  readonly #augmenting = new Set<number>();
  /** Cells that a cell's document imports from. */
  readonly #imports = new Map<number, ReadonlySet<number>>();

  add(cell: number, facts: CellFacts, imports: ReadonlySet<number>): void {
    this.#imports.set(cell, imports);
    if (facts.augments) this.#augmenting.add(cell);
    for (const { name, kind, type } of facts.declares) {
      const onlyType = kind === "interface" || kind === "type";
      const meaning = { cell, kind };
      if (!onlyType) this.#values.set(name, meaning);
      if (type) this.#types.set(name, meaning);
      // A value that is no type takes the name from an earlier import, class or enum: they are one declaration.
      else if (this.#types.get(name) && !isTypeOnly(this.#types.get(name))) this.#types.delete(name);
    }
  }

  value(name: string): Meaning | undefined {
    return this.#values.get(name);
  }

  type(name: string): Meaning | undefined {
    return this.#types.get(name);
  }

  /** Names with a value, then those that are types only. */
  names(): string[] {
    return [...new Set([...this.#values.keys(), ...this.#types.keys()])];
  }

  /** Cells whose documents are still needed: they give a name, augment, or a needed one imports from them. */
  needed(): Set<number> {
    const needed = new Set<number>();
    const visit = (cell: number): void => {
      if (needed.has(cell)) return;
      needed.add(cell);
      for (const below of this.#imports.get(cell) ?? []) visit(below);
    };
    for (const cell of this.#augmenting) visit(cell);
    for (const { cell } of [...this.#values.values(), ...this.#types.values()]) visit(cell);
    for (const cell of this.#imports.keys()) if (!needed.has(cell)) this.#imports.delete(cell);
    return needed;
  }

  clear(): void {
    this.#values.clear();
    this.#types.clear();
    this.#imports.clear();
    this.#augmenting.clear();
  }
}

function isTypeOnly(meaning: Meaning | undefined): boolean {
  return meaning?.kind === "interface" || meaning?.kind === "type";
}
