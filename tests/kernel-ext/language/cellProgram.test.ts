import { mkdtempSync, rmSync } from "node:fs";
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

it("opens documents until as many are free as are wanted, and none when they are", () => {
  program.grow(40);
  const { free } = program.documents;
  expect(free).toBeGreaterThanOrEqual(40);
  program.grow(40);
  expect(program.documents.free).toBe(free);
});

it("checks cells in documents that were opened later as in the first ones", async () => {
  program.grow(40);
  const cells = program.documents.free;
  for (let cell = 1; cell <= cells; cell++) {
    expect(await check(cell, `export const x${cell} = ${cell}; ${EMPTY}`), `cell ${cell}`).toEqual([]);
  }
  expect(program.documents.free).toBe(0);
  program.grow(1);
  const first = program.documents.moduleOf(1);
  expect(await check(cells + 1, `${EMPTY} import x = ${first}.x1; const wrong: string = x; wrong;`)).toEqual([
    2322,
  ]);
});
