import { basename } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { CellDocuments, SPARES } from "../../../kernel-ext/language/cellDocuments.js";
import type { LanguageServer } from "../../../kernel-ext/language/languageServer.js";

let documents: CellDocuments;
/** How often the program was read anew. */
let programs: number;
/** Documents that the small program did not name when they were opened, and the cells' program neither. */
let strangers: string[];

beforeEach(() => {
  programs = 0;
  strangers = [];
  const named = () => [...documents.files, ...documents.waiting];
  // What a server does of it is cellProgram.test.ts's.
  const server = {
    set: (file: string) => strangers.push(...(named().includes(file) ? [] : [file])),
    close() {},
  } as unknown as LanguageServer;
  documents = new CellDocuments(server, "/notebook", () => programs++);
});

function place(cell: number, markup: boolean): string {
  return basename(documents.place({ cell, text: "", markup, modules: [], augments: false }));
}

/** The number in the name of a slot's file. */
const numberOf = (file: string) => /(\d+)\.tsx?$/.exec(file)?.[1];

it("never gives a number twice: two documents would be one to the hub", () => {
  for (let round = 0; round < 4; round++) {
    for (let count = 0; count < 3 * round; count++) documents.addSpare();
    for (let count = 0; count < 3; count++) place(100 * round + count, true);
    documents.move(`/notebook/${round}`);
    for (let count = 10; count < 40; count++) place(100 * round + count, false);
    documents.addSpare();
    documents.admit();
  }
  const numbers = documents.files.slice(1).map(numberOf);
  expect(new Set(numbers).size).toBe(numbers.length);
  const waiting = documents.waiting.map(numberOf);
  expect(waiting.filter((number) => numbers.includes(number))).toEqual([]);
  expect(strangers).toEqual([]);
});

it("has the program read anew for one cell with markup in six", () => {
  documents.addSpare();
  for (let cell = 1; cell <= 12; cell++) expect(place(cell, true)).toMatch(/\.tsx$/);
  // Named for the small program, then taken into the cells'.
  expect(programs).toBe(2 * 2);
  place(13, true);
  expect(programs).toBe(3 * 2);
});

it("does not take documents for markup for room that other cells have", () => {
  const before = documents.free;
  place(1, true);
  expect(documents.free).toBe(before);
  place(2, false);
  expect(documents.free).toBe(before - 1);
});

it("opens no more spares than may be", () => {
  for (let count = 0; count < 2 * SPARES; count++) documents.addSpare();
  expect(documents.spare).toBe(SPARES);
  place(1, true);
  expect([documents.spare, documents.waiting.length]).toEqual([0, SPARES]);
});
