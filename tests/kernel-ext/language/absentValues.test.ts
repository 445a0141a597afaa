import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { formatDiagnostics } from "../../../kernel-ext/language/diagnostics.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const folder = mkdtempSync(join(tmpdir(), "absent-values-"));
let language: CellLanguage;
let cell = 0;
beforeAll(async () => {
  // A project for browsers that asks for the library itself.
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "lib": ["es2022", "dom"] } }');
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
});
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

async function check(source: string) {
  const { diagnostics } = await language.check(++cell, source);
  language.commit(cell);
  return diagnostics;
}

it.each([
  ["name", "name"],
  ["1;\nhistory.length", "history"],
  ["document.title", "document"],
  ["status = 'x'", "status"],
  ["const later = () => [screen]", "screen"],
  ["const pair = { alert }", "alert"],
  ["1 instanceof HTMLElement", "HTMLElement"],
  ["[status] = ['x']", "status"],
])("%j names what only browsers have: %s", async (source, name) => {
  const found = (await check(source)).filter(({ code }) => code === 2304);
  const line = source.split("\n").length;
  const column = (source.split("\n").at(-1) ?? "").indexOf(name) + 1;
  const message = `Cannot find name '${name}'. Cells run in Node ${process.versions.node}, which has none.`;
  expect(found).toMatchObject([
    { code: 2304, severity: "error", line, column, endColumn: column + name.length, message },
  ]);
});

it.each([
  "let element: HTMLElement | undefined; type Doc = typeof document; interface Own extends Document {}",
  "if (typeof window !== 'undefined') window.alert('x')",
  "const f = (name: string, { status, top: [parent] }: any) => name + status + parent; f.name",
  "import { join as open } from 'node:path'; open('a', 'b')",
  "fetch; URL; new Event('x'); structuredClone(1); setTimeout; AbortController; performance.now(); __dirname",
  "declare const document: { mine: 1 }; document.mine",
  "document.mine; let history = [1]; history.push(2)",
  "history[0]?.toFixed(); ({ name: 1 }).name; label: for (;;) break label",
])("leaves alone %j", async (source) => {
  expect(await check(source)).toEqual([]);
});

it("says what to do when Node was given one", async () => {
  const source = "location.href";
  expect(formatDiagnostics(await check(source), { cell: 2, source })).toBe(
    `cell 2, line 1: error TS2304: Cannot find name 'location'. Cells run in Node ${process.versions.node}, which has none.\n` +
      "  1 │ location.href\n    │ ~~~~~~~~\n  `declare const location: any` says that you gave Node one",
  );
});

it.each([
  ["const answer = prompt('Which?')", '  await input("…") asks for a line of text below the cell'],
  ["if (confirm('Go on?')) 1", '  await input("… [y/N] ") asks below the cell'],
  ["alert('done')", '  console.log("…") prints below the cell'],
])("says what is here instead of %j", async (source, hint) => {
  const told = formatDiagnostics(await check(source), { cell, source });
  expect(told).toMatch(/: error TS2304: Cannot find name '\w+'\. Cells run in Node /);
  expect(told.split("\n").at(-1)).toBe(hint);
});

it.each([
  ["const m = Promise.resolve({ history: [1] }); m.history", true],
  ["async function a() { return 1 } const n: number = a()", true],
  ["async function b() { return 1 } Math.sqrt(b())", true],
  ["async function c() { return { x: 1 } } const o: { x: number } = c()", true],
  ["const p: Promise<string> = Promise.resolve(1)", false],
  ["({ a: 1 }).b", false],
])("asks after a forgotten await: %j %s", async (source, asks) => {
  const found = await check(source);
  expect(found).toHaveLength(1);
  expect(formatDiagnostics(found, { cell, source }).includes("did you forget `await`?")).toBe(asks);
});
