import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CellMap } from "../../../kernel-ext/language/cellMap.js";
import { compileCell } from "../../../kernel-ext/language/compileCell.js";
import { ReplSession } from "./replSession.js";

let session: ReplSession;
beforeEach(() => {
  session = new ReplSession();
});
afterEach(() => session.close());

/** Cells run one after another; each is `[source]` or `[source, what the last expression must be]`. */
type Story = readonly (readonly [source: string, value?: string])[];

async function tell(story: Story): Promise<void> {
  for (const [source, value] of story) {
    const outcome = await session.run(source);
    expect(outcome.error, source).toBeUndefined();
    if (value !== undefined) expect(outcome.result, source).toBe(value);
  }
}

const stories: Record<string, Story> = {
  "a const again as const, let, var, function, class, import, enum, namespace": [
    ["const x = 1; x", "1"],
    ["const x = 'two'; x", "'two'"],
    ["let x = 3; x", "3"],
    ["var x = 4; x", "4"],
    ["function x() { return 5 }\nx()", "5"],
    ["class x { static v = 6 }\nx.v", "6"],
    ["import { sep as x } from 'node:path'; x", "'/'"],
    ["enum x { A = 8 }\nx.A", "8"],
    ["namespace x { export const v = 9 }\nx.v", "9"],
    ["const x = 10; x", "10"],
  ],
  "a function again as const and back": [
    ["function f() { return 1 }\nf.name", "'f'"],
    ["const f = () => 2; f()", "2"],
    ["function f() { return 3 }\nf()", "3"],
    ["async function f() { return 4 }\nawait f()", "4"],
    ["function* f() { yield 5 }\n[...f()]", "[ 5 ]"],
    [
      "async function* f() { yield 6 }\nconst all = []; for await (const v of f()) all.push(v);\nall",
      "[ 6 ]",
    ],
  ],
  "an await of several expressions, and one within another": [
    ["const one = async () => 1, two = async () => 2; await (one(), two())", "2"],
    ["await await (await one(), [await two()])", "[ 2 ]"],
    ["for await (const it of (one(), [two()])) var got = it;\ngot", "2"],
  ],
  "hoisting: functions before their line, also under export, imports from the last line": [
    ["const v = later(2); function later(n: number) { return n * n }\nv", "4"],
    [
      "const w = shown(); export function shown() { return basename('/a/b') } import { basename } from 'node:path';\nw",
      "'b'",
    ],
    [
      "even(10); function even(n: number): boolean { return n === 0 || odd(n - 1) } function odd(n: number): boolean { return n !== 0 && even(n - 1) } even(7)",
      "false",
    ],
  ],
  "var in blocks, loops and destructuring reaches later cells": [
    ["if (true) { var inner = 1 }\ninner", "1"],
    ["for (var i = 0; i < 3; i++) {}\ni", "3"],
    ["for (var k in { p: 1, q: 2 }) {}\nk", "'q'"],
    ["for (var e of [7, 8]) {}\ne", "8"],
    ["var { a, b: [c = 5] = [] } = { a: 1 } as any, d = 2;\n[a, c, d]", "[ 1, 5, 2 ]"],
    ["for (var m = 0, n; m < 2; m++) n = m;\n[m, n]", "[ 2, 1 ]"],
    ["var undefinedYet;\nundefinedYet", "undefined"],
    ["[inner, i, k].concat([e, a, c, d] as any).join()", "'1,3,q,8,1,5,2'"],
    ["var twice = 1; var twice = 2; twice", "2"],
    ["let i = 'now a let'; i", "'now a let'"],
  ],
  "var inside functions stays there": [
    ["function f() { var hidden = 1; return hidden }\nf()", "1"],
    ["typeof hidden", "'undefined'"],
    ["(() => { for (var z = 0; z < 2; z++) {} return z })()", "2"],
  ],
  "enums and namespaces start anew each time, and merge within a cell": [
    ["enum E { A, B }\nE", "{ '0': 'A', '1': 'B', A: 0, B: 1 }"],
    ["enum E { C = 5 }\nE", "{ '5': 'C', C: 5 }"],
    ["enum E { D = 1 } enum E { F = 2 }\nE", "{ '1': 'D', '2': 'F', D: 1, F: 2 }"],
    ["namespace N { export const a = 1 }\nN.a", "1"],
    ["namespace N { export const b = 2 }\nObject.keys(N)", "[ 'b' ]"],
    ["namespace M { export const a = 1 } namespace M { export const b = 2 }\nObject.keys(M)", "[ 'a', 'b' ]"],
    ["const enum Fast { On = 1 }\nFast.On", "1"],
    ["export enum Out { X = 'x' }\nOut.X", "'x'"],
    ["namespace Deep.Er { export const v = 3 }\nDeep.Er.v", "3"],
  ],
  "classes: private fields, parameter properties, abstract, static blocks, self-reference, re-declaration": [
    ["class K { #v = 1; get v() { return this.#v } }\nnew K().v", "1"],
    ["class K { constructor(readonly n: number) {} }\nnew K(4).n", "4"],
    [
      "abstract class Base<T> { abstract of(t: T): T; twice(t: T) { return [this.of(t), this.of(t)] } }\nclass Impl extends Base<number> { of(t: number) { return t } }\nnew Impl().twice(3)",
      "[ 3, 3 ]",
    ],
    ["class S { static v: number; static { S.v = 9 } }\nS.v", "9"],
    ["K.name", "'K'"],
  ],
  "namespaces see what their other blocks export, and export variables": [
    ["namespace x { export const k = 3 }\nnamespace x { export const l = k + 1 }\n[x.k, x.l]", "[ 3, 4 ]"],
    ["namespace x { export const again = 1 }\nObject.keys(x)", "[ 'again' ]"],
    [
      "export namespace y { export let n = 1; export function inc() { return ++n } }\n[y.inc(), y.inc(), y.n]",
      "[ 2, 3, 3 ]",
    ],
    ["namespace y { export var v = 5 } namespace y { export const w = v }\nObject.keys(y)", "[ 'v', 'w' ]"],
    ["y.w", "5"],
    ["namespace a { export const k = 1 } namespace a.b { export const l = k }\na.b.l", "1"],
    [
      "import { sep } from 'node:path'; namespace p { export let joined = ['a', 'b'].join(sep) }\np.joined",
      "'a/b'",
    ],
    ["sep", "'/'"],
  ],
  "imports: default, named, namespace, renamed, type-only, JSON, dynamic, side effect": [
    ["import path from 'node:path'; path.basename('/a/b')", "'b'"],
    ["import * as path from 'node:path'; path.extname('a.b')", "'.b'"],
    [
      "import fs, { existsSync as exists } from 'node:fs'; [typeof fs.readFileSync, typeof exists]",
      "[ 'function', 'function' ]",
    ],
    ["import type { Stats } from 'node:fs'; let s: Stats | undefined; typeof s", "'undefined'"],
    ["const { join } = await import('node:path'); join('a', 'b')", "'a/b'"],
    ["import 'node:assert';\n1", "1"],
    ["import unused from 'node:os';"],
    ["typeof unused.cpus", "'function'"],
    ["import { 'join' as glue } from 'node:path'; glue('x', 'y')", "'x/y'"],
    ["import def, * as all from 'node:path'; def === all.default", "true"],
    ["import.meta.url", "'file:///cell'"],
  ],
  "exports are declarations": [
    ["export const a = 1; export let b = 2; export { a as c };\na + b", "3"],
    ["export class D {}\nD.name", "'D'"],
    ["export default 40 + 2", "42"],
    ["export default function named() { return 1 }\nnamed()", "1"],
    ["export * from 'node:path'; 5", "5"],
  ],
  "values: only a last expression statement is one": [
    ["if (true) { 5 }", undefined],
    ["5; const x = 1;", undefined],
    ["'use strict'", "'use strict'"],
    ["x = 7", "7"],
    ["({ a: 1 })", "{ a: 1 }"],
    ["void 0", "undefined"],
    ["await Promise.resolve(3)", "3"],
    ["x as number satisfies number", "7"],
    ["1, 2", "2"],
    ["// only a remark"],
    [""],
    ["interface Only { a: number }"],
  ],
  "types vanish: overloads, declare, generics, assertions, satisfies, this parameters": [
    [
      "function o(a: number): number; function o(a: string): string; function o(a: any) { return a }\no('s')",
      "'s'",
    ],
    ["declare const nowhere: number; declare function none(): void; declare module 'm' {} \n1", "1"],
    ["const id = <T,>(t: T) => t; id<number>(4)", "4"],
    ["const v = <any>{ a: 1 }; v!.a", "1"],
    ["type A = { [K in 'x']: number }; interface A2 extends A {} ; 2", "2"],
  ],
  "awaits, for await, generators and labels": [
    ["const later = async (n: number) => { await null; return n }; await later(1) + await later(2)", "3"],
    ["let sum = 0; for await (const n of [later(1), later(2)]) sum += n;\nsum", "3"],
    [
      "outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (b === 2) continue outer; sum += a } }\nsum",
      "6",
    ],
    ["await (async () => { for await (const x of [1]) return x })()", "1"],
  ],
  "a name that is a global is the cells' own, and the libraries keep theirs": [
    // The runner itself uses process, and node:os's modules are read through the real one.
    ["const process = 5; [process, { process }, ((process) => process)(6)]", "[ 5, { process: 5 }, 6 ]"],
    ["[process, globalThis.process.pid > 0]", "[ 5, true ]"],
    ["import { setTimeout } from 'node:timers/promises'; await setTimeout(1, 'slept')", "'slept'"],
    [
      "const { URL = 3, fetch: [Buffer] } = { fetch: [4] } as any; [URL, Buffer, typeof globalThis.URL]",
      "[ 3, 4, 'function' ]",
    ],
    [
      "function fetch(n: number): number { return n > 0 ? fetch(n - 1) + 1 : 0 }\n[fetch(3), fetch.name]",
      "[ 3, 'fetch' ]",
    ],
    [
      "class Event { static made = 0; again() { return new Event() } constructor() { Event.made++ } }\nnew Event().again(); Event.made",
      "2",
    ],
    ["var performance = 1; for (var performance = 2; performance < 4; performance++) {}\nperformance", "4"],
    ["let name = 'x'; enum Map { A = 7 } ; [Map.A, new globalThis.Map().size]", "[ 7, 0 ]"],
    ["process = 8 as any; [process] = [9]; process++; process", "10"],
    ["const say = (console: string) => console; say('hi')", "'hi'"],
    ["typeof (await import('node:os')).cpus", "'function'"],
  ],
  "using is a binding that stays": [
    ["const log: string[] = []; using r = { [Symbol.dispose]() { log.push('gone') } };\nlog", "[]"],
    ["[typeof r, log.length]", "[ 'object', 0 ]"],
    ["await using s = { async [Symbol.asyncDispose]() { log.push('gone') } }; log.length", "0"],
    ["{ using inner = { [Symbol.dispose]() { log.push('inner') } } }\nlog", "[ 'inner' ]"],
  ],
  decorators: [
    [
      "function twice(f: any, c: any) { return function (this: any, ...a: any[]) { return 2 * f.apply(this, a) } }",
    ],
    ["class C { @twice m() { return 21 } }\nnew C().m()", "42"],
    ["function tag(k: any, _: any) { k.tag = 'tagged' }\n@tag class T {}\n(T as any).tag", "'tagged'"],
    ["await Promise.resolve(new C().m())", "42"],
    ["class Kept { accessor size = 3 }\nnew Kept().size", "3"],
  ],
  "TSX where the cell reads only so": [
    ["const h = (tag: string, props: object | null, ...inner: unknown[]) => ({ tag, props, inner });"],
    ["<div id='a'>{1 + 1}</div>", "{ tag: 'div', props: { id: 'a' }, inner: [ 2 ] }"],
  ],
  "shorthand properties of earlier cells' names": [
    ["const lr = 0.1; let units = 3; function act() {}"],
    ["({ lr, units, act })", "{ lr: 0.1, units: 3, act: [Function: act] }"],
  ],
};

describe("compileCell in V8's REPL mode", () => {
  for (const [name, story] of Object.entries(stories)) {
    it(name, () => tell(story));
  }

  it("keeps what a cell declared before it threw, and lets the rest be declared again", async () => {
    const failed = await session.run(
      "const before = 1; function f() { return 2 }\nif (before) throw new Error('half');\nlet after = 3; if (0) { var nested = 1 }",
    );
    expect(failed.error).toMatch(/Error: half/);
    await tell([
      ["[before, f(), nested]", "[ 1, 2, undefined ]"],
      ["const after = 4; after", "4"],
      ["const before = 5; before", "5"],
    ]);
    const late = await session.run("await null; throw new TypeError('late'); const much = 1");
    expect(late.error).toMatch(/TypeError: late/);
    await tell([["let much = 2; much", "2"]]);
  });

  it("reports a name that is declared twice in one cell, and what cannot be read", async () => {
    expect(await compileCell("const a = 1;\nconst a = 2;", 1)).toMatchObject({
      code: "",
      errors: [{ line: 2, column: 7, length: 1, message: expect.stringMatching(/already been declared/) }],
    });
    expect((await compileCell("let x = ;\n1", 2)).errors[0]).toMatchObject({ line: 1, column: 9 });
    expect((await compileCell("return 5", 3)).errors).toHaveLength(1);
  });

  it("runs nothing for cells of types and remarks only", async () => {
    for (const source of [
      "",
      "  \n",
      "// remark",
      "interface A {}",
      "type B = 1",
      "import type { Stats } from 'node:fs'",
    ]) {
      expect((await compileCell(source, 1)).code, source).toBe("");
    }
  });
});

describe("positions", () => {
  /** Runs a cell that throws and maps the first frame of its stack that lies in a cell. */
  async function placeOfThrow(source: string): Promise<string> {
    const { error } = await session.run(source);
    const frame = /cell-(\d+)\.ts:(\d+):(\d+)/.exec(error ?? "");
    if (!frame) throw new Error(`no frame of a cell in ${error}`);
    const map = new CellMap(session.maps.get(Number(frame[1])) ?? "");
    const place = map.original(Number(frame[2]), Number(frame[3]));
    return `${frame[1]}:${place?.line}:${place?.column}`;
  }

  it("map a thrown error to its line and column, whatever moved", async () => {
    expect(await placeOfThrow("interface A {\n  a: 1\n}\nenum E { X }\nthrow new Error('here')")).toBe(
      "1:5:7",
    );
    expect(await placeOfThrow("1;\n\nboom();\nfunction boom() {\n  throw new Error('in hoisted')\n}")).toBe(
      "2:5:9",
    );
    expect(await placeOfThrow("await null\n\n  null!.x")).toBe("3:3:9");
    expect(await placeOfThrow("boom()")).toBe("2:5:9");
  });

  it("fall back to the nearest mapping where the text was inserted", async () => {
    expect(await placeOfThrow("\n\nNumber(notDefined)")).toBe("1:3:8");
    expect(await placeOfThrow("\nnotDefined")).toMatch(/^2:2:1$/);
  });

  it("survive lowering by esbuild", async () => {
    const source =
      "const d = (f: any, _: any) => f\nclass C {\n  @d m() {\n    throw new Error('decorated')\n  }\n}\nnew C().m()";
    expect(await placeOfThrow(source)).toMatch(/^1:4:/);
    const namespace =
      "namespace n { export let k = 1 }\nnamespace n {\n  interface Unused { a: 1 }\n  if (k) throw new Error('in it')\n}";
    expect(await placeOfThrow(namespace)).toMatch(/^2:4:/);
  });
});
