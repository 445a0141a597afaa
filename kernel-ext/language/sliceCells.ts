/**
 * The dependency slice: which of the cells that ran must run again so that a target, such as a sweep's objective,
 * finds in a fresh session what it finds here.
 *
 * Found: for each name the last cell that declared it, and every cell after that which wrote it or changed its
 * object, in turn with what those cells need. Names inside function bodies are also looked up as of the target, since
 * that is when they are called. What a function does to other names counts where it is named.
 * Not found: changes through an alias or by a function of a library that gets the object as an argument;
 * `globalThis`, `process.env`, files. For these a person names cells (`force`).
 */

import type { CellFacts, Declaration } from "./cellFacts.js";
import { cellName } from "./cellName.js";

export interface SliceCell {
  /** The execution count. */
  readonly number: number;
  readonly facts: CellFacts;
}

/** Why a cell is part of a slice. */
export interface Reason {
  readonly why: "declares" | "writes" | "changes" | "side effect" | "asked for";
  /** The name it gives; the module of a side effect. */
  readonly name: string;
  /** The number of the cell that needs it; undefined for the target itself. */
  readonly neededBy?: number;
}

export interface Slice {
  /** Numbers of the cells to run, in the order they ran. A cell that failed half-way is to fail there again. */
  readonly cells: readonly number[];
  readonly because: ReadonlyMap<number, readonly Reason[]>;
}

export interface SliceOptions {
  /** Numbers of cells that are part of it in any case. Throws a `RangeError` for one that did not run. */
  readonly force?: readonly number[];
}

/**
 * @param cells Those that ran, in the order they ran.
 * @param target Facts of what is to run after them.
 */
export function sliceCells(
  cells: readonly SliceCell[],
  target: CellFacts,
  options: SliceOptions = {},
): Slice {
  const slicer = new Slicer(cells, target);
  for (const number of options.force ?? []) slicer.force(number);
  slicer.run();
  return slicer.slice();
}

/** One line a cell: `cell 3: declares lr, changes data (for cell 5)`. */
export function explainSlice({ cells, because }: Slice): string {
  return cells.map((number) => `${cellName(number)}: ${explainCell(because.get(number) ?? [])}`).join("\n");
}

function explainCell(reasons: readonly Reason[]): string {
  const grouped = new Map<string, Set<string>>();
  for (const { why, name } of reasons) grouped.set(why, (grouped.get(why) ?? new Set()).add(name));
  const parts = [...grouped].map(([why, names]) =>
    why === "asked for" ? why : `${why} ${[...names].join(", ")}`,
  );
  return parts.join("; ");
}

/** Position in `cells`; the target stands behind the last. */
type Index = number;

class Slicer {
  readonly #all: readonly CellFacts[];
  readonly #because = new Map<Index, Reason[]>();
  readonly #queue: Index[] = [];
  readonly #resolved = new Set<string>();

  constructor(
    readonly cells: readonly SliceCell[],
    target: CellFacts,
  ) {
    this.#all = [...cells.map(({ facts }) => facts), target];
  }

  get #target(): Index {
    return this.cells.length;
  }

  force(number: number): void {
    const index = this.cells.findLastIndex((cell) => cell.number === number);
    if (index < 0)
      throw new RangeError(`cell ${number} cannot be part of the slice: no cell of that number ran here`);
    this.#include(index, { why: "asked for", name: "" });
  }

  run(): void {
    this.cells.forEach(({ facts }, index) => {
      for (const module of facts.sideEffectImports)
        this.#include(index, { why: "side effect", name: module });
    });
    this.#queue.push(this.#target);
    for (let index = this.#queue.pop(); index !== undefined; index = this.#queue.pop()) this.#needsOf(index);
  }

  slice(): Slice {
    const indexes = [...this.#because.keys()].sort((a, b) => a - b);
    const number = (index: Index) => this.cells[index]?.number ?? 0;
    return {
      cells: indexes.map(number),
      because: new Map(indexes.map((index) => [number(index), this.#because.get(index) ?? []])),
    };
  }

  #include(index: Index, reason: Reason): void {
    const known = this.#because.get(index);
    if (known) {
      const same = known.some((other) => other.why === reason.why && other.name === reason.name);
      if (!same) known.push(reason);
      return;
    }
    this.#because.set(index, [reason]);
    this.#queue.push(index);
  }

  #needsOf(index: Index): void {
    const facts = this.#facts(index);
    for (const name of [...facts.usesNow, ...facts.writes]) this.#need(name, index, index);
    for (const name of [...facts.usesLater, ...facts.writesLater]) {
      this.#need(name, index, index);
      this.#need(name, this.#target, index);
    }
  }

  /** Includes what gives `name` its state at the moment before cell `at`. */
  #need(name: string, at: Index, neededBy: Index): void {
    const key = `${at} ${name}`;
    if (this.#resolved.has(key)) return;
    this.#resolved.add(key);
    const declaring = this.#lastDeclaring(name, at);
    if (declaring === undefined) return;
    const from = this.cells[neededBy]?.number;
    const needed = from === undefined ? {} : { neededBy: from };
    this.#include(declaring, { why: "declares", name, ...needed });
    const declaration = this.#declaration(declaring, name);
    // What its functions use is looked up when they are called, at the latest from the target.
    for (const used of declaration?.effects?.uses ?? []) this.#need(used, this.#target, declaring);
    const isImport = declaration?.kind === "import";
    for (let index = declaring + 1; index < at; index++) {
      const effect = this.#effectsAt(index);
      if (effect.writes.has(name)) this.#include(index, { why: "writes", name, ...needed });
      const changed = effect.mutates.has(name) || (!isImport && effect.mayMutate.has(name));
      if (changed) this.#include(index, { why: "changes", name, ...needed });
    }
  }

  #facts(index: Index): CellFacts {
    const facts = this.#all[index];
    if (!facts)
      throw new RangeError(`there are ${this.#all.length} cells, but cell at place ${index} was asked for`);
    return facts;
  }

  #declaration(index: Index, name: string): Declaration | undefined {
    return this.#facts(index).declares.find((declaration) => declaration.value && declaration.name === name);
  }

  #lastDeclaring(name: string, before: Index): Index | undefined {
    for (let index = Math.min(before, this.#target) - 1; index >= 0; index--) {
      if (this.#declaration(index, name)) return index;
    }
    return undefined;
  }

  /** What a cell does itself, and what the functions do that it names. */
  #effectsAt(index: Index): Effect {
    const known = this.#effects.get(index);
    if (known) return known;
    const facts = this.#facts(index);
    const effect: Effect = {
      writes: new Set(facts.writes),
      mutates: new Set(facts.mutates),
      mayMutate: new Set(facts.mayMutate),
    };
    const seen = new Set<string>();
    const follow = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const declaring = this.#declaration(index, name) ? index : this.#lastDeclaring(name, index);
      const found = declaring === undefined ? undefined : this.#declaration(declaring, name)?.effects;
      for (const written of found?.writes ?? []) effect.writes.add(written);
      for (const changed of found?.mutates ?? []) effect.mutates.add(changed);
      for (const changed of found?.mayMutate ?? []) effect.mayMutate.add(changed);
      for (const used of found?.uses ?? []) follow(used);
    };
    for (const name of facts.runsNow) follow(name);
    this.#effects.set(index, effect);
    return effect;
  }

  readonly #effects = new Map<Index, Effect>();
}

interface Effect {
  readonly writes: Set<string>;
  readonly mutates: Set<string>;
  readonly mayMutate: Set<string>;
}
