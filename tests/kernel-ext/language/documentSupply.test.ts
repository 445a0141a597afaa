import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CellDocuments } from "../../../kernel-ext/language/cellDocuments.js";
import { DocumentSupply } from "../../../kernel-ext/language/documentSupply.js";
import type { LanguageServer } from "../../../kernel-ext/language/languageServer.js";

let documents: CellDocuments;
let supply: DocumentSupply;
let taken: number;
/** How often the program was read anew, by the files it had then. */
let programs: number[];
let admitted: number;

beforeEach(() => {
  vi.useFakeTimers();
  programs = [];
  taken = 0;
  admitted = 0;
  // What the server does of it is cellProgram.test.ts's.
  const server = { set() {}, close() {} } as unknown as LanguageServer;
  documents = new CellDocuments(server, "/nowhere", () => programs.push(documents.files.length));
  supply = new DocumentSupply(documents, () => admitted++);
});
afterEach(() => {
  supply.pauseEnds();
  vi.useRealTimers();
});

function cell({ declares }: { declares: boolean }): void {
  supply.pauseEnds();
  taken++;
  documents.place({ cell: taken, text: "", markup: false, modules: [], augments: false });
  if (!declares) documents.release(taken);
  supply.cellRuns();
}

it("opens nothing for cells that need no document when they are over", () => {
  for (let count = 0; count < 100; count++) cell({ declares: false });
  expect(documents.spare).toBe(0);
  expect(programs).toEqual([]);
});

it("never lets a run of 400 declaring cells wait for a document, and has the program read anew for one in 32", () => {
  for (let count = 0; count < 400; count++) {
    expect(documents.free, `cell ${count}`).toBeGreaterThan(0);
    cell({ declares: true });
  }
  expect(programs).toHaveLength(admitted);
  expect(admitted).toBe(Math.floor((400 - 11) / 32) + 1);
});

it("opens none beside the cells of a run: the server would be behind with the next one", () => {
  for (let count = 0; count < 10; count++) cell({ declares: true });
  expect(documents.spare).toBe(0);
});

it("takes in what was opened in pauses before it opens more", () => {
  supply.pauseBegins();
  vi.advanceTimersByTime(10_000);
  expect(documents.spare).toBe(32);
  for (let count = 0; count < 11; count++) cell({ declares: true });
  expect([documents.spare, admitted, documents.free]).toEqual([0, 1, 37]);
});

it("opens one after the other in a pause, until there are plenty or a cell comes", () => {
  supply.pauseBegins();
  vi.advanceTimersByTime(110);
  expect(documents.spare).toBe(4);
  supply.pauseEnds();
  vi.advanceTimersByTime(1000);
  expect(documents.spare).toBe(4);
  supply.pauseBegins();
  vi.advanceTimersByTime(10_000);
  expect([documents.spare, documents.free]).toEqual([32, 16]);
  expect(programs).toEqual([]);
});

it("opens none while a cell or a draft is asked about, however many questions overlap", async () => {
  const answers: (() => void)[] = [];
  const ask = () => supply.whileAsked(() => new Promise<void>((answer) => answers.push(answer)));
  supply.pauseBegins();
  const asked = [ask(), ask()];
  // Of another cell, which the checker knew already.
  cell({ declares: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(documents.spare).toBe(0);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(documents.spare).toBe(0);
  answers[1]?.();
  await Promise.all(asked);
  await vi.advanceTimersByTimeAsync(1000);
  expect(documents.spare).toBe(32);
});

it("goes on when the documents open no more than they have", () => {
  let calls = 0;
  const full = {
    free: 0,
    spare: 0,
    addSpare() {
      if (++calls > 1000) throw new RangeError("documents were asked for without end");
    },
    admit() {},
  } as unknown as CellDocuments;
  new DocumentSupply(full, () => {}).cellRuns();
  expect(calls).toBe(32);
});

it("takes them in when the pause is long", () => {
  supply.pauseBegins();
  vi.advanceTimersByTime(10_000);
  supply.longPause();
  expect([documents.free, documents.spare, programs.length, admitted]).toEqual([48, 0, 1, 1]);
  supply.pauseBegins();
  vi.advanceTimersByTime(10_000);
  supply.longPause();
  expect([documents.free, documents.spare, programs.length, admitted]).toEqual([48, 16, 1, 1]);
});
