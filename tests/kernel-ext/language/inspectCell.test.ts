import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

let language: CellLanguage;
beforeAll(async () => {
  language = new CellLanguage({ folder: import.meta.dirname, magics, tell: () => undefined });
  await language.ready;
  const cell = `
    /** Many ways. */
    function over(a: number): number;
    /** Another. */
    function over(a: string, b: boolean): string;
    function over(a: unknown): any { return a }
    const alphaBeta = { one: 1 };`;
  expect((await language.check(1, cell)).diagnostics).toEqual([]);
  language.commit(1);
});
afterAll(() => language.dispose());

/** `|` is the cursor. */
async function told(marked: string): Promise<string | undefined> {
  return (await language.inspect(marked.replace("|", ""), marked.indexOf("|")))?.text;
}

it("shows every overload behind an open bracket", async () => {
  expect(await told("over(|")).toBe(
    "over(a: number): number\nover(a: string, b: boolean): string\n\nMany ways.",
  );
  expect(await told("over('a', |")).toMatch(/Another\.$/);
  expect(await told("new Map(|)")).toMatch(/^Map\(\): Map<any, any>\nMap<K, V>\(/);
  expect(await told("over(alph|aBeta.one")).toMatch(/^const alphaBeta/);
});

it("explains the code on a magic's line, and the magic elsewhere", async () => {
  expect(await told("%timeit -n 2 alpha|Beta.one")).toBe("const alphaBeta: {\n    one: number;\n}");
  expect(await told("%time over(|")).toMatch(/^over\(a: number\)/);
  expect(await told("%time|it alphaBeta")).toMatch(/^%timeit /);
  expect(await told("%timeit -n |2 alphaBeta")).toMatch(/^%timeit /);
  expect(await told("!ec|ho alphaBeta")).toBeUndefined();
});

it("knows the parameter of a %%sweep body that is not finished", async () => {
  expect(await told("%%sweep foo --trials 2\nasync (trial) => { trial.suggestFloat(|")).toMatch(
    /^suggestFloat\(name: string, low: number, high: number/,
  );
  expect(await told("%%sweep foo --trials 2\nasync (tri|al) => { trial.suggestFloat(")).toContain(
    "trial: Trial",
  );
});

it("names the package of a namespace, not the file it lies in", async () => {
  expect(await told("import { models } from 'tunelab'; mod|els.mlp")).toMatch(/^module "tunelab"/);
});

it("tells what a function throws outside of its example, and its tags in words", async () => {
  const track = await told("import { track } from 'tunelab'; tra|ck");
  expect(track).toMatch(/\nThrows a `TypeError` for an option [\s\S]*\n\nExample:\nconst run = track\(/);
  expect(track).toMatch(/\nrun\.finish\(\);$/);
  expect(await told("import { board } from 'tunelab'; boa|rd")).toMatch(
    /\n\nParameters:\n\n- runs: names, [\s\S]*\n\nThrows:\n\n- RangeError with [\s\S]*\n\nExample:\nawait board\(/,
  );
});
