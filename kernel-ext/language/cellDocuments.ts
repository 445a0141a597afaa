/**
 * The documents that cells are checked in: slots, opened once and used again.
 *
 * Why not one new document a cell: it would change the program's root files or imports, after which the server
 * resolves every module of the program anew (930 files with TensorFlow.js: 30 ms and more). A change of a document
 * whose list of imported modules stays the same costs 1 ms. So every slot imports one module, the hub, which
 * exports all slots as namespaces; a name of an earlier cell is `import x = __cells.s3.x`.
 *
 * Why spares: opening is the one thing the server cannot be told of many documents at a time, and each makes it build
 * the program anew. One that tsconfig.json does not name is opened in a small program instead, which the tsconfig.json
 * of the folder above names it for. Many are then taken into the cells' program at one time, by a change of
 * tsconfig.json and of the hub.
 */
import { join } from "node:path";
import type { LanguageServer } from "./languageServer.js";

/** Slots opened at the start. Each costs 2 ms of it. */
const FIRST = 16;

/** Most spares. The small program is told of as many beforehand, so that it need not be told each time. */
export const SPARES = 32;

/** Slots for TSX that are opened together: most notebooks hold none, and who draws with JSX does so in several cells. */
const MARKUP = 6;

/**
 * The hub's name, by `paths`. As a file beside it, it would resolve for a spare too, whose small program would then
 * hold all cells and what they import.
 */
export const HUB_MODULE = "__cells";

/** The line each slot ends with; `x` of slot 3 is `__cells.s3.x`. */
export const HUB_IMPORT = `import * as __cells from "${HUB_MODULE}";`;

/** A document that imports what all of them do: the first text put into it then changes nothing about modules. */
export const EMPTY = `${HUB_IMPORT} export {};`;

interface Slot {
  readonly number: number;
  file: string;
  readonly markup: boolean;
  text: string;
  /** The modules its present text imports, joined: a text with the same ones costs least. */
  modules: string;
  cell: number | undefined;
}

export interface CellText {
  readonly cell: number;
  readonly text: string;
  /** The cell holds TSX. */
  readonly markup: boolean;
  readonly modules: readonly string[];
  /** The text may change types that are not its own: it must go as soon as the cell does. */
  readonly augments: boolean;
}

/**
 * Invariants: a slot belongs to at most one cell, and a cell to at most one slot; no two slots ever have the same
 * number, since the hub would export two documents by one name; the hub exports all slots and no spare; the server has a text of the hub, and of tsconfig.json, in which every module that a cell names exists.
 */
export class CellDocuments {
  readonly #slots: Slot[] = [];
  /** Opened, and not yet in the program. */
  #spares: Slot[] = [];
  readonly #byCell = new Map<number, Slot>();
  readonly #augmenting = new Set<Slot>();
  #folder: string;
  /** The next slot's. Counted up only: spares are dropped, and their numbers would come again beside those of slots. */
  #nextNumber = 0;

  /** @param grown Called when the program has more slots: its tsconfig.json must name them. */
  constructor(
    readonly server: LanguageServer,
    folder: string,
    private readonly grown: () => void,
  ) {
    this.#folder = folder;
    for (let count = 0; count < FIRST; count++) this.#slots.push(this.#newSlot(false));
  }

  get hub(): string {
    return join(this.#folder, "cell-hub.ts");
  }

  /** The files of the cells' program: hub and slots. */
  get files(): string[] {
    return [this.hub, ...this.#slots.map(({ file }) => file)];
  }

  /** How many documents are open and not in the program yet. */
  get spare(): number {
    return this.#spares.length;
  }

  /** The files of the small program: spares, and those that will be. It changes only when spares become slots. */
  get waiting(): string[] {
    const length = Math.max(0, SPARES - this.#spares.length);
    const coming = Array.from({ length }, (_, index) => this.#nextNumber + index);
    return [...this.#spares.map(({ file }) => file), ...coming.map((number) => this.#fileOf(number, false))];
  }

  /** Opens the hub and the slots. Under a tsconfig.json without libraries this is quick. */
  open(): void {
    for (const slot of this.#slots) this.#write(slot, slot.text);
    this.#writeHub();
  }

  /** How many slots are left for cells without markup. */
  get free(): number {
    return this.#slots.filter(({ cell, markup }) => cell === undefined && !markup).length;
  }

  /** Opens one document more, unless there are `SPARES` of them. It keeps the server for 2 to 5 ms. */
  addSpare(): void {
    if (this.#spares.length >= SPARES) return;
    const slot = this.#newSlot(false);
    this.#spares.push(slot);
    this.#write(slot, EMPTY);
  }

  /** The spares become slots. The server builds the program anew once: 50 ms with TensorFlow.js. */
  admit(): void {
    if (this.#spares.length === 0) return;
    this.#slots.push(...this.#spares);
    this.#spares = [];
    this.#writeHub();
    this.grown();
  }

  /** Puts a cell into a slot and returns its file. */
  place({ cell, text, markup, modules, augments }: CellText): string {
    const wanted = modules.join(" ");
    const slot = this.#byCell.get(cell) ?? this.#free(markup, wanted);
    slot.cell = cell;
    slot.modules = wanted;
    this.#byCell.set(cell, slot);
    if (augments) this.#augmenting.add(slot);
    this.#write(slot, text);
    return slot.file;
  }

  /** How a document names the module of a cell that was placed. */
  moduleOf(cell: number): string {
    const slot = this.#byCell.get(cell);
    if (!slot) throw new RangeError(`cell ${cell} has no document: it was never placed, or given back`);
    return `__cells.s${slot.number}`;
  }

  /** The slot is for others; its text stays until then, as a change would cost. */
  release(cell: number): void {
    const slot = this.#byCell.get(cell);
    if (!slot) return;
    this.#byCell.delete(cell);
    slot.cell = undefined;
    if (this.#augmenting.delete(slot)) this.#empty(slot);
  }

  /** Cells that have a slot. */
  cells(): number[] {
    return [...this.#byCell.keys()];
  }

  /** Modules that the cells import. */
  modules(): string[] {
    const cells = [...this.#byCell.values()];
    return [...new Set(cells.flatMap(({ modules }) => modules.split(" ")))].filter((name) => name !== "");
  }

  /** Closes all, to be opened in another folder with the same texts. Cells keep their slots. */
  move(folder: string): void {
    for (const file of [...this.files, ...this.#spares.map(({ file }) => file)]) this.server.close(file);
    this.#folder = folder;
    this.#spares = [];
    for (const slot of this.#slots) slot.file = this.#fileOf(slot.number, slot.markup);
  }

  #free(markup: boolean, modules: string): Slot {
    const free = this.#slots.filter((slot) => slot.cell === undefined && slot.markup === markup);
    const best =
      free.find((slot) => slot.modules === modules) ?? free.find((slot) => slot.modules === "") ?? free[0];
    if (best) return best;
    return markup ? this.#addMarkupSlots() : this.#addSlot();
  }

  /** In the program from the start. What names it comes first, as opening it has the server read all that changed. */
  #addSlot(): Slot {
    const slot = this.#newSlot(false);
    this.#slots.push(slot);
    this.grown();
    this.#writeHub();
    this.#write(slot, EMPTY);
    return slot;
  }

  /** By way of the small program, so that several cost as little as one: the cells' program is built anew once. */
  #addMarkupSlots(): Slot {
    const first = this.#newSlot(true);
    const added = [first, ...Array.from({ length: MARKUP - 1 }, () => this.#newSlot(true))];
    this.#spares.push(...added);
    this.grown();
    for (const slot of added) this.#write(slot, EMPTY);
    this.admit();
    return first;
  }

  #newSlot(markup: boolean): Slot {
    const number = this.#nextNumber++;
    return { number, file: this.#fileOf(number, markup), markup, text: EMPTY, modules: "", cell: undefined };
  }

  #fileOf(number: number, markup: boolean): string {
    return join(this.#folder, `cell-slot-${number}.${markup ? "tsx" : "ts"}`);
  }

  #write(slot: Slot, text: string): void {
    slot.text = text;
    this.server.set(slot.file, text, { language: slot.markup ? "typescriptreact" : "typescript" });
  }

  #empty(slot: Slot): void {
    slot.modules = "";
    this.#write(slot, EMPTY);
  }

  #writeHub(): void {
    const lines = this.#slots.map(({ number }) => `export * as s${number} from "./cell-slot-${number}";`);
    this.server.set(this.hub, lines.join("\n"));
  }
}
