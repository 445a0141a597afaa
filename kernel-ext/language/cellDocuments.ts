/**
 * The documents that cells are checked in: slots, opened once and used again.
 *
 * Why not one new document a cell: it would change the program's root files or imports, after which the server
 * resolves every module of the program anew (930 files with TensorFlow.js: 30 ms and more). A change of a document
 * whose list of imported modules stays the same costs 1 ms. So every slot imports one module, the hub, which
 * exports all slots as namespaces; a name of an earlier cell is `import x = __cells.s3.x`.
 */
import { join } from "node:path";
import type { LanguageServer } from "./languageServer.js";

/** Slots opened at the start. Each costs 2 ms of it. */
const FIRST = 16;
/** Slots opened at a time later on: that the server reads its libraries anew costs as much as 50 of them. */
const MORE = 50;

/** The line each slot ends with; `x` of slot 3 is `__cells.s3.x`. */
export const HUB_IMPORT = 'import * as __cells from "./cell-hub";';

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

/** Invariant: a slot belongs to at most one cell, and a cell to at most one slot. */
export class CellDocuments {
  readonly #slots: Slot[] = [];
  readonly #byCell = new Map<number, Slot>();
  readonly #augmenting = new Set<Slot>();
  #folder: string;

  constructor(
    readonly server: LanguageServer,
    folder: string,
  ) {
    this.#folder = folder;
  }

  get hub(): string {
    return join(this.#folder, "cell-hub.ts");
  }

  /** Opens the hub and a number of slots, or more of them. Under a tsconfig.json without libraries this is quick. */
  open(): void {
    const more = this.#slots.length === 0 ? FIRST : MORE;
    for (let count = 0; count < more; count++) this.#addSlot(false);
    this.#writeHub();
  }

  /** How many slots are left: `open` more before they are used up. */
  get free(): number {
    return this.#slots.length - this.#byCell.size;
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

  /** Opens in another folder what is open in this one, with the same texts. Cells keep their slots. */
  move(folder: string): void {
    for (const { file } of this.#slots) this.server.close(file);
    this.server.close(this.hub);
    this.#folder = folder;
    for (const slot of this.#slots) {
      slot.file = this.#fileOf(slot.number, slot.markup);
      this.#write(slot, slot.text);
    }
    this.#writeHub();
  }

  #free(markup: boolean, modules: string): Slot {
    const free = this.#slots.filter((slot) => slot.cell === undefined && slot.markup === markup);
    const best =
      free.find((slot) => slot.modules === modules) ?? free.find((slot) => slot.modules === "") ?? free[0];
    if (best) return best;
    const slot = this.#addSlot(markup);
    this.#writeHub();
    return slot;
  }

  #addSlot(markup: boolean): Slot {
    const number = this.#slots.length;
    const file = this.#fileOf(number, markup);
    const slot: Slot = { number, file, markup, text: EMPTY, modules: "", cell: undefined };
    this.#slots.push(slot);
    this.#write(slot, EMPTY);
    return slot;
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
