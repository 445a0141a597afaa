import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { checkedCells } from "./checkedCells.js";

const { folder, told, reset } = checkedCells();

afterEach(() => {
  for (const file of ["tsconfig.json", "factory.d.ts"]) rmSync(join(folder, file), { force: true });
});

it("that makes elements is an error that says what to do, once", async () => {
  expect(await told("1;\nconst el = <div><b/></div>;")).toMatch(
    /^cell \d+, line 2: error TS2874: JSX calls 'h', which nothing here has\.\n {2}2 │ .*\n {4}│ {13}~~~\n {2}declare or import h, .*@jsx.*jsxImportSource in tsconfig\.json$/,
  );
  expect((await told("<><b/></>")).match(/JSX calls '\w+'/g)).toEqual([
    "JSX calls 'Fragment'",
    "JSX calls 'h'",
  ]);
  expect(await told("/** @jsx make */\n<b/>")).toContain("JSX calls 'make'");
});

it("is none where an earlier cell, or the cell itself, has it", async () => {
  const own = "const h = (...parts: unknown[]) => parts;\nconst own = <b/>;";
  expect(await told(own)).toBe("");
  expect(
    await told(
      "const view = (make: (...parts: unknown[]) => unknown[], Fragment: string) => { const h = make; return <><b/></>; };",
    ),
  ).toBe("");
  expect(await told("const other = <i/>; const isLess = (a: number, b: number) => a<b;")).toBe("");
  reset();
  expect(await told("const f = <T,>(x: T) => x; f<number>(1)")).toBe("");
});

it("names the package of a runtime that is not installed", async () => {
  writeFileSync(
    join(folder, "tsconfig.json"),
    '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "no-such-ui" } }',
  );
  expect(await told("const el = <div/>;")).toContain("%npm install no-such-ui makes it importable here");
});

it("is none where the checker knows it otherwise: by a global, by a declaration file, whatever the project does with JSX", async () => {
  expect(await told("declare global { var h: (...parts: unknown[]) => unknown[] }\n<b/>;")).toBe("");
  expect(await told("<i>text</i>")).toBe("");
  expect(await told("<><b/></>")).toContain("JSX calls 'Fragment'");
  reset();
  expect(await told("<i/>")).toContain("JSX calls 'h'");
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "jsx": "preserve" } }');
  expect(await told("<i/>")).toContain("JSX calls 'h'");
  writeFileSync(join(folder, "factory.d.ts"), "declare function h(...parts: unknown[]): unknown[];");
  expect(await told("h(1, 2); <b/>;")).toBe("");
});

it("is one where it is a type only, or stands in another scope", async () => {
  expect(await told("interface h { a: 1 }\n<b/>;")).toContain("'h' only refers to a type");
  reset();
  expect(await told("{ const h = () => 1; }\n<b/>;")).toContain("JSX calls 'h'");
});
