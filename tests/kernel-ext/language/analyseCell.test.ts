import { describe, expect, it } from "vitest";
import { analyseCell } from "../../../kernel-ext/language/analyseCell.js";
import { parseCell } from "../../../kernel-ext/language/parseCell.js";

function facts(source: string) {
  const { program, errors } = parseCell(source);
  if (errors[0]) throw new SyntaxError(`${errors[0].message}: ${source}`);
  return analyseCell(program);
}
const declares = (source: string) =>
  facts(source).declares.map(
    ({ name, kind, value, type }) => `${kind} ${name}${value ? " v" : ""}${type ? " t" : ""}`,
  );

describe("declarations", () => {
  it.each([
    ["const { a, b: [c = 1], ...d } = x, e = 2", ["const a v", "const c v", "const d v", "const e v"]],
    ["if (1) { var v = 1; let hidden = 2; function inner() {} }", ["var v v"]],
    ["for (var i = 0; ;) { for (const j of []) {} }", ["var i v"]],
    ["function f(): void; function f() { var not = 1 }", ["function f v"]],
    [
      "class K<T> {} interface I { x: 1 } type T2 = 1; enum E { A }",
      ["class K v t", "interface I t", "type T2 t", "enum E v t"],
    ],
    [
      "namespace N { export const x = 1 } namespace Types { export type X = 1 }",
      ["namespace N v t", "namespace Types t"],
    ],
    [
      "import d, { n as m, type T } from 'a'; import * as ns from 'b'; import type { U } from 'c'",
      ["import d v t", "import m v t", "import T t", "import ns v t", "import U t"],
    ],
    [
      "declare const g: number; declare function h(): void; declare class C {} declare global { interface W { a: 1 } }",
      ["const g", "function h", "class C t"],
    ],
    ["using r = open(); await using s = open()", ["using r v", "using s v"]],
    ["export const x = 1; export default class Y {} export { x as z }", ["const x v", "class Y v t"]],
    ["interface M { a: 1 } class M {}", ["class M v t"]],
  ])("of %s", (source, expected) => {
    expect(declares(source)).toEqual(expected);
  });
});

describe("free names", () => {
  it("are told apart by when they are used", () => {
    const found = facts(
      "const own = now; function f(p = later1) { return later2 + p + own } f(); class K { m = later3; static s = now2; [now3]() { return later4 } }",
    );
    expect(found.usesNow).toEqual(["now", "now2", "now3"]);
    expect(found.usesLater).toEqual(["later1", "later2", "later3", "later4"]);
  });

  it("leave out what is no name of a value, or a local one", () => {
    const source = `o.p; ({ key: o, short, [computed]: 1 }); label: for (;;) { break label }
      try {} catch (caught) { caught } ((a, { b, c: [d] }, ...e) => a + b + d + e)(); (function named() { named })();
      type X<T> = { [K in keyof T]: T[K] } & Other<T>; const p: (q: number) => asserts q is Y = z as W; new.target;`;
    const inFunction = `function wrap() { ${source} }`;
    expect(facts(inFunction).usesLater).toEqual(["o", "short", "computed", "z"]);
    expect(facts(inFunction).usesTypes).toEqual(["Other", "Y", "W"]);
  });

  it("of types: references, heritage, queries, namespaces, type parameters apart", () => {
    const found = facts(
      "class A<T extends B> extends C<D> implements E.F { x!: typeof g; y!: T; z!: T extends infer U ? U : H }",
    );
    expect([...found.usesTypes].sort()).toEqual(["B", "D", "E", "H", "g"]);
    expect(found.usesNow).toEqual(["C"]);
  });

  it("of TSX: components and the factory, not tags", () => {
    expect(facts("<Comp.Part a={b}><div>{c}</div></Comp.Part>").usesNow).toEqual(["h", "Comp", "b", "c"]);
  });
});

describe("writes and changes", () => {
  it("are found in every form", () => {
    const found = facts(
      "a = 1; b++; [c, { d: e.f, ...g }] = x; for (h of []) {} for (i.j in {}) {} k.l ??= 1; delete m.n; o.push(1); const q = r.pop(); s.map(1); (() => { t = 1 })",
    );
    expect(found.writes).toEqual(["a", "b", "c", "g", "h"]);
    expect(found.writesLater).toEqual(["t"]);
    expect(found.mutates).toEqual(["e", "i", "k", "m", "o"]);
    expect(found.mayMutate).toEqual(["o", "r"]);
  });

  it("of functions belong to their names", () => {
    const [add] = facts("const add = (n: number) => { total += n; list.push(n); return helper(n) }").declares;
    expect(add?.effects).toEqual({
      uses: ["total", "list", "helper"],
      writes: ["total"],
      mutates: ["list"],
      mayMutate: ["list"],
    });
  });
});

it("modules, side effects, exports, augmentation", () => {
  expect(
    facts(
      "import 'a'; import b from 'b'; await import('c'); export * from 'd'; type E = import('e').E; export const f = 1; declare module 'g' {}",
    ),
  ).toMatchObject({
    modules: ["a", "b", "c", "d", "e"],
    sideEffectImports: ["a"],
    exported: ["f"],
    augments: true,
  });
});
