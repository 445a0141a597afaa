import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EMPTY } from "../../../kernel-ext/language/cellDocuments.js";
import { CellProgram } from "../../../kernel-ext/language/cellProgram.js";

const folder = mkdtempSync(join(tmpdir(), "cell-program-"));
let program: CellProgram;
beforeAll(async () => {
  program = new CellProgram({ folder, tell: (message) => expect.fail(message) });
  await program.warmUp();
});
afterAll(async () => {
  await program.server.dispose();
  rmSync(folder, { recursive: true });
});

/** Places a cell of its own text and gives the codes of its errors. */
async function check(cell: number, text: string): Promise<number[] | undefined> {
  const file = program.documents.place({ cell, text, markup: false, modules: [], augments: false });
  const found = await program.diagnose(file);
  return found?.map(({ code }) => Number(code));
}

it("checks cells in documents that were opened later as in the first ones", async () => {
  const { documents } = program;
  const first = documents.free;
  while (documents.spare < 5) documents.addSpare();
  expect(documents.free).toBe(first);
  documents.admit();
  expect(documents.free).toBe(first + 5);
  for (let cell = 1; cell <= first + 5; cell++) {
    expect(await check(cell, `export const x${cell} = ${cell}; ${EMPTY}`), `cell ${cell}`).toEqual([]);
  }
  expect(documents.free).toBe(0);
  // None is left: one is opened for this cell alone.
  const earlier = documents.moduleOf(first + 5);
  const wrong = `${EMPTY} import x = ${earlier}.x${first + 5}; const wrong: string = x; wrong;`;
  expect(await check(first + 6, wrong)).toEqual([2322]);
  expect(await check(first + 7, wrong)).toEqual([2322]);
});

it("never has the server read a project of the folders above", async () => {
  const above = mkdtempSync(join(tmpdir(), "cell-program-"));
  for (const at of [above, join(above, "middle")]) {
    const below = join(at, "notebooks");
    mkdirSync(below, { recursive: true });
    writeFileSync(join(above, "tsconfig.json"), JSON.stringify({ include: ["**/*"] }));
    program.move(below);
    program.documents.addSpare();
    await program.warmUp();
    const spare = program.documents.waiting[0] ?? "";
    const of = await program.server.ask<{ configFilePath: string }>("custom/projectInfo", spare);
    expect(of.configFilePath).toBe(join(at, "tsconfig.json"));
    // The one in memory names files of ours only, so a file beside it is in no project.
    writeFileSync(join(at, "beside.ts"), "");
    program.server.set(join(at, "beside.ts"), "export {};");
    const beside = await program.server.ask<{ configFilePath: string }>(
      "custom/projectInfo",
      join(at, "beside.ts"),
    );
    expect(beside.configFilePath).not.toBe(join(at, "tsconfig.json"));
    program.server.close(join(at, "beside.ts"));
  }
  program.move(folder);
  rmSync(above, { recursive: true });
});

it("gives a cell with markup a document of its own kind, also in the midst of spares", async () => {
  program.documents.addSpare();
  const place = { cell: 1000, markup: true, modules: [], augments: false };
  const file = program.documents.place({ ...place, text: `const wrong: string = 1; wrong; ${EMPTY}` });
  expect(file).toMatch(/tsx$/);
  expect((await program.diagnose(file))?.map(({ code }) => Number(code))).toEqual([2322]);
});

it("keeps cells and their documents over a move to another folder", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "cell-program-"));
  writeFileSync(join(elsewhere, "helper.ts"), "export const helped: string = '';");
  program.documents.addSpare();
  program.move(elsewhere);
  const uses = (cell: number) =>
    check(cell, `${EMPTY} import x = ${program.documents.moduleOf(1)}.x1; const wrong: string = x; wrong;`);
  expect(await uses(2000)).toEqual([2322]);
  program.documents.addSpare();
  program.documents.admit();
  expect(
    await check(2001, `${EMPTY} import { helped } from "./helper"; const wrong: number = helped; wrong;`),
  ).toEqual([2322]);
  rmSync(elsewhere, { recursive: true });
});

it("tells cells apart that came after one with markup, opened in the midst of spares, and a move", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "cell-program-"));
  const { documents } = program;
  const markup = documents.cells().length + 3000;
  while (documents.spare < 4) documents.addSpare();
  const text = `export const tag: string = ""; ${EMPTY}`;
  const own = { cell: markup, markup: true, modules: [], augments: false };
  const place = () => program.diagnose(documents.place({ ...own, text }));
  expect(await place()).toEqual([]);
  program.move(elsewhere);
  // As many documents as could take a number that is in use.
  for (let cell = 4000; cell < 4040; cell++)
    expect(await check(cell, `export const x${cell} = ${cell}; ${EMPTY}`), `cell ${cell}`).toEqual([]);
  const slots = program.documents.cells().map((cell) => documents.moduleOf(cell));
  expect(new Set(slots).size).toBe(slots.length);
  expect(
    await check(4040, `${EMPTY} import tag = ${documents.moduleOf(markup)}.tag; const n: number = tag; n;`),
  ).toEqual([2322]);
  rmSync(elsewhere, { recursive: true });
});
