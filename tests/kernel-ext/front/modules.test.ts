import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

let clock = Date.now() / 1000;
function write(name: string, text: string): void {
  const file = join(kernel.folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  // Each write gets a second of its own: file systems may keep times coarsely.
  clock += 1;
  utimesSync(file, clock, clock);
}

async function value(code: string): Promise<unknown> {
  const run = await kernel.execute(code);
  expect(run.reply, JSON.stringify(run.reply)).toMatchObject({ status: "ok" });
  return resultText(run);
}

it("imports local TypeScript, JSON and JavaScript, with and without ending", async () => {
  write(
    "shape.ts",
    "export enum Side { Left = 'L' }\nexport const area = (a: number, b: number): number => a * b;",
  );
  write("config.json", '{ "depth": 3 }');
  write("plain.mjs", "export default 'plain';");
  expect(
    await value(
      "import { area, Side } from './shape'; import config from './config.json'; import plain from './plain.mjs'; [area(2, 3), Side.Left, config.depth, plain]",
    ),
  ).toBe("[ 6, 'L', 3, 'plain' ]");
  expect(await value("(await import('./shape.ts')).area(4, 5)")).toBe("20");
  expect(await value("(await import('./shape.js')).area(1, 5)")).toBe("5");
});

it("imports from folders and files whose names have signs of URLs, as TypeScript reads them", async () => {
  write("a#b/far.ts", "export const far: number = 1;");
  write("a#b/near.ts", "import { far } from './far';\nexport const near = far + 1;");
  write("c?d/50%.ts", "import { near } from '../a#b/near.ts';\nexport const half = near * 10;");
  write("e#f.cjs", "module.exports = { common: 'js' };");
  expect(
    await value(
      "import { near } from './a#b/near'; import { half } from './c?d/50%.ts'; import common from './e#f.cjs'; [near, half, common.common]",
    ),
  ).toBe("[ 2, 20, 'js' ]");
  write("a#b/far.ts", "export const far: number = 5;");
  expect(await value("(await import('./c?d/50%')).half")).toBe("60");
  // Where there is no such file, the name is a URL.
  write("spaced name.ts", "export const spaced = true;");
  expect(await value("const url: string = './spaced%20name.ts?x=1#y'; (await import(url)).spaced")).toBe(
    "true",
  );
});

it("sees a changed file, and a changed file behind it, at the next import", async () => {
  write("inner.ts", "export const inner = 1;");
  write("outer.ts", "import { inner } from './inner';\nexport const outer = inner * 10;");
  expect(await value("import { outer } from './outer'; outer")).toBe("10");
  write("inner.ts", "export const inner = 2;");
  expect(await value("import { outer } from './outer'; outer")).toBe("20");
  const same = "const a = await import('./outer'); const b = await import('./outer'); a === b";
  expect(await value(same)).toBe("true");
});

it("prefers the notebook's packages and falls back to the kernel's", async () => {
  write("node_modules/pure-rand/package.json", '{ "name": "pure-rand", "main": "index.js" }');
  write("node_modules/pure-rand/index.js", "exports.mine = true;");
  expect(await value("%typecheck off\nimport own from 'pure-rand'; own.mine")).toBe("true");
  write(
    "node_modules/only-here/package.json",
    '{ "name": "only-here", "type": "module", "exports": { ".": "./main.js", "./sub": "./sub.js" } }',
  );
  write("node_modules/only-here/main.js", "export const here = 1;");
  write("node_modules/only-here/sub.js", "export const sub = 2;");
  expect(
    await value("import { here } from 'only-here'; import { sub } from 'only-here/sub'; [here, sub]"),
  ).toBe("[ 1, 2 ]");
  expect(
    await value("import MagicString from 'magic-string'; new MagicString('a').append('b').toString()"),
  ).toBe("'ab'");
});

it("has require, from the notebook's folder, and tslab by either road", async () => {
  write("common.cjs", "module.exports = { answer: 42 };");
  expect(await value("require('./common.cjs').answer")).toBe("42");
  expect(await value("require('node:path').basename('/a/b')")).toBe("'b'");
  expect(await value("require('tslab') === (await import('tslab'))")).toBe("true");
});

it("says of a value of a file inside TensorFlow.js what to import instead; its types are there", async () => {
  const core = "@tensorflow/tfjs-core";
  const refused = async (code: string) => (await kernel.execute(code)).reply.evalue;
  for (const ending of ["", ".js"])
    expect(
      await refused(`import { tensor1d } from "${core}/dist/ops/tensor1d${ending}"; tensor1d([1])`),
    ).toBe(
      `import "${core}/dist/ops/tensor1d${ending}": a file inside TensorFlow.js gives types alone (import type), since its values would be a second TensorFlow.js beside the one that runs; write import { tensor1d } from "${core}"`,
    );
  expect(
    await value(`import type { Tensor } from "${core}/dist/tensor"; const none: Tensor[] = []; none`),
  ).toBe("[]");
  expect(await value(`import { tensor1d } from "${core}"; typeof tensor1d`)).toBe("'function'");
});

it("names the module that is not there", async () => {
  const { reply } = await kernel.execute("import 'no-such-package'");
  expect(reply).toMatchObject({
    status: "error",
    ename: "Error",
    evalue: expect.stringContaining("no-such-package"),
  });
});

it("shows the line of an error in a local file", async () => {
  write(
    "broken.ts",
    "interface Unused { a: 1 }\n\nexport function broken(): never {\n  throw new Error('inside');\n}",
  );
  const { reply } = await kernel.execute("import { broken } from './broken'; broken()");
  const traceback = stripVTControlCharacters((reply.traceback as string[]).join("\n"));
  expect(traceback).toContain(
    "broken.ts, line 4\n  3 | export function broken(): never {\n> 4 |   throw new Error('inside');",
  );
  expect(traceback).toMatch(/at broken \(file:.*\/broken\.ts:4:9\)\n {4}at cell-\d+\.ts:1:36$/);
});

it("shows the cell's line of an import that fails", async () => {
  write("cannot.ts", "export const a: number = = 1;");
  for (const name of ["./cannot", "no-such-package", "node:no-such"]) {
    const { reply } = await kernel.execute(`%typecheck off\nconst before = 1;\nimport '${name}'`);
    const traceback = stripVTControlCharacters((reply.traceback as string[]).join("\n"));
    expect(traceback, name).toContain(`> 3 | import '${name}'`);
  }
  await kernel.execute("%typecheck strict");
});

it("gives the library to cells and to local files as one", async () => {
  write("uses.ts", "import { host } from 'tunelab';\nexport const kind = host().kind;");
  expect(
    await value("import { host } from 'tunelab'; import { kind } from './uses'; [host().kind, kind]"),
  ).toBe("[ 'notebook', 'notebook' ]");
});

async function failure(code: string): Promise<string> {
  const { reply } = await kernel.execute(code);
  expect(reply.status, code).toBe("error");
  return `${reply.ename}: ${reply.evalue}`;
}

it("refuses a name or a default that a module does not export, unless only its type is used", async () => {
  write("few.ts", "export interface Shape { a: 1 }\nexport const there = 1;");
  await kernel.execute("%typecheck off");
  for (const [code, lost] of [
    ["import { there, gone } from './few'; gone", "./few' does not provide an export named 'gone'"],
    ["import few from './few'; few", "./few' does not provide an export named 'default'"],
    ["import { gone as kept } from 'node:fs'; kept", "node:fs' does not provide an export named 'gone'"],
  ])
    expect(await failure(code as string)).toBe(`SyntaxError: The requested module '${lost}`);
  expect(
    await value("import { Shape, there } from './few'; const shape: Shape = { a: 1 }; shape.a + there"),
  ).toBe("2");
  await kernel.execute("%typecheck strict");
});

it("imports CommonJS by name, computed names too, and sees its changes", async () => {
  write("parts/inner.cjs", "exports.depth = 1;");
  write(
    "computed.cjs",
    "module.exports = Object.fromEntries([['depth', require('./parts/inner.cjs').depth]]);",
  );
  await kernel.execute("%typecheck off");
  expect(await value("import { depth } from './computed.cjs'; depth")).toBe("1");
  expect(await value("require('./computed.cjs').depth")).toBe("1");
  write("parts/inner.cjs", "exports.depth = 22;");
  expect(await value("require('./computed.cjs').depth")).toBe("22");
  expect(await value("import { depth } from './computed.cjs'; depth")).toBe("22");
  await kernel.execute("%typecheck strict");
});

it("imports JSON by its keys too, and names a file that is none", async () => {
  write("keyed.json", '{ "depth": 3, "a-b": 4 }');
  expect(await value("import { depth } from './keyed.json'; depth")).toBe("3");
  expect(await value("import * as keyed from './keyed.json'; keyed['a-b']")).toBe("4");
  write("broken.json", "{ nope");
  await kernel.execute("%typecheck off");
  expect(await failure("import broken from './broken.json'; broken")).toMatch(
    /SyntaxError: .*broken\.json is no JSON/,
  );
  await kernel.execute("%typecheck strict");
});

it("resolves as import does", async () => {
  write("here.ts", "export {};");
  expect(await value("import.meta.resolve('./here').endsWith('/here.ts')")).toBe("true");
  expect(await value("import.meta.resolve('node:fs')")).toBe("'node:fs'");
});

it("checks types against a file as it is now, a file behind it, and one that was missing", async () => {
  write("near.ts", "import { far } from './far';\nexport const near = far;");
  write("far.ts", "export const far = 1;");
  expect(await value("import { near } from './near'; const before: number = near; before")).toBe("1");
  write("far.ts", "export const far = 'text';");
  expect(await value("import { near } from './near'; const after: string = near; after")).toBe("'text'");
  expect(await failure("import { late } from './late'; late")).toMatch(/TS2307/);
  write("late.ts", "export const late = 3;");
  expect(await value("import { late } from './late'; late")).toBe("3");
});

it("runs standard decorators and using in a file, and places its errors", async () => {
  write(
    "modern.ts",
    "const seen: string[] = [];\nfunction log(method: any, { name }: any) { seen.push(name); return method }\n" +
      "export class Modern { @log go(): never { throw new Error('modern') } accessor size = 1 }\n" +
      "{ using held = { [Symbol.dispose]() { seen.push('gone') } }; }\nexport { seen };",
  );
  expect(await value("import { Modern, seen } from './modern'; seen")).toBe("[ 'go', 'gone' ]");
  const { reply } = await kernel.execute("new Modern().go()");
  expect((reply.traceback as string[]).join("\n")).toMatch(/modern\.ts:3:48/);
  write("wrong.ts", "export const a = 1;\nexport const b: = 2;");
  await kernel.execute("%typecheck off");
  expect(await failure("import './wrong'")).toMatch(
    /SyntaxError: wrong\.ts cannot be compiled: .*wrong\.ts:2:17/,
  );
  await kernel.execute("%typecheck strict");
});

it("runs a file's namespaces that share what they export", async () => {
  write(
    "spaces.ts",
    "export namespace x { export const k = 3 }\nexport namespace x { export const l = k + 1 }\n" +
      "export namespace y { export let n = 1; export function inc() { return ++n } }",
  );
  expect(await value("import { x, y } from './spaces'; [x.l, y.inc(), y.n]")).toBe("[ 4, 2, 2 ]");
});

const common = "Object.defineProperty(exports, '__esModule', { value: true });\n";

it("gives a CommonJS module's own default, as its types say and bundlers do", async () => {
  write(
    "node_modules/answer/package.json",
    '{ "name": "answer", "main": "index.js", "types": "index.d.ts" }',
  );
  write("node_modules/answer/index.js", `${common}exports.default = () => 42; exports.half = 21;`);
  write(
    "node_modules/answer/index.d.ts",
    "export default function answer(): number;\nexport declare const half: number;",
  );
  expect(await value("import answer, { half } from 'answer'; [answer(), half]")).toBe("[ 42, 21 ]");
  expect(await value("(await import('answer')).default()")).toBe("42");
  expect(await value("import * as all from 'answer'; [all.default(), all.half]")).toBe("[ 42, 21 ]");
  expect(await value("(await import('answer')) === (await import('answer'))")).toBe("true");
  write(
    "asks.ts",
    "import answer, { half } from 'answer';\nexport const both = answer() + half;\n" +
      "export const later = async () => (await import('answer')).default();",
  );
  expect(await value("import { both, later } from './asks'; [both, await later()]")).toBe("[ 63, 42 ]");
  expect(await value("import.meta.resolve('answer').endsWith('/answer/index.js')")).toBe("true");
});

it("keeps the default of CommonJS that claims nothing, or has none, and of packages in modules", async () => {
  const packages: Record<string, [string, string]> = {
    "whole-common": [
      "module.exports = Object.assign(() => 1, { part: 2 });",
      "declare function f(): number;\ndeclare namespace f { const part: number }\nexport = f;",
    ],
    "no-default": [`${common}exports.part = 3;`, "export declare const part: number;"],
    "named-default": [
      "module.exports = { default: 4, part: 5 };",
      "declare const all: { default: number; part: number };\nexport = all;",
    ],
    "computed-names": [
      `${common}for (const [k, v] of [['part', 6], ['default', 7]]) exports[k] = v;`,
      "export declare const part: number;\ndeclare const d: number;\nexport default d;",
    ],
  };
  for (const [name, [code, types]] of Object.entries(packages)) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "i.js", types: "i.d.ts" }));
    write(`node_modules/${name}/i.js`, code);
    write(`node_modules/${name}/i.d.ts`, types);
  }
  expect(await value("import f from 'whole-common'; [f(), f.part]")).toBe("[ 1, 2 ]");
  expect(await value("import none from 'no-default'; none.part")).toBe("3");
  expect(await value("import named from 'named-default'; [named.default, named.part]")).toBe("[ 4, 5 ]");
  expect(await value("import own, { part } from 'computed-names'; [own, part]")).toBe("[ 7, 6 ]");
  // A package in modules is written for Node: it unwraps by itself.
  write(
    "node_modules/wrapper/package.json",
    '{ "name": "wrapper", "type": "module", "main": "i.js", "types": "i.d.ts" }',
  );
  write(
    "node_modules/wrapper/i.js",
    "import all from 'computed-names';\nexport default all.default + all.part;",
  );
  write("node_modules/wrapper/i.d.ts", "declare const sum: number;\nexport default sum;");
  expect(await value("import sum from 'wrapper'; sum")).toBe("13");
  write("own.cjs", `${common}exports.default = 'own'; exports.other = 1;`);
  await kernel.execute("%typecheck off");
  expect(await value("import own, { other } from './own.cjs'; [own, other]")).toBe("[ 'own', 1 ]");
  write("own.cjs", `${common}exports.default = 'changed'; exports.other = 1;`);
  expect(await value("import changed from './own.cjs'; changed")).toBe("'changed'");
  write("quiet.js", "globalThis.quiet = 1;");
  expect(await value("import './quiet.js'; quiet")).toBe("1");
  await kernel.execute("%typecheck strict");
});

it("runs TypeScript that a package.json leads to: linked packages, `imports`, the own name", async () => {
  write(
    "libs/shapes/package.json",
    '{ "name": "shapes", "type": "module", "main": "src/index.ts", "exports": { ".": "./src/index.ts" } }',
  );
  write(
    "libs/shapes/src/index.ts",
    "import { inner } from './inner.js';\nexport const area: number = inner;",
  );
  write("libs/shapes/src/inner.ts", "export const inner = 6;");
  symlinkSync(join(kernel.folder, "libs/shapes"), join(kernel.folder, "node_modules/shapes"));
  expect(await value("import { area } from 'shapes'; const checked: number = area; checked")).toBe("6");
  write("uses-shapes.ts", "import { area } from 'shapes';\nexport const twice = area * 2;");
  expect(await value("import { twice } from './uses-shapes'; twice")).toBe("12");
  write("libs/shapes/src/inner.ts", "export const inner = 7;");
  expect(await value("import { area } from 'shapes'; area")).toBe("7");
  expect(await value("import { twice } from './uses-shapes'; twice")).toBe("14");
  write(
    "app/package.json",
    '{ "name": "app", "type": "module", "imports": { "#lib/*": "./lib/*.ts" }, "exports": { "./lib": "./lib/deep.ts" } }',
  );
  write("app/lib/deep.ts", "import { side } from '#lib/side';\nexport const deep: string = side;");
  write("app/lib/side.ts", "export const side = 'side';");
  await kernel.execute("%cd app");
  expect(await value("import { deep } from '#lib/deep'; deep")).toBe("'side'");
  write("app/lib/side.ts", "export const side = 'other';");
  expect(await value("import { deep } from 'app/lib'; deep")).toBe("'other'");
  await kernel.execute("%cd ..");
});

it("finds the kernel's packages by require.resolve as by require", async () => {
  expect(await value("require.resolve('zod').includes('node_modules')")).toBe("true");
  expect(await value("require(require.resolve('zod')) === require('zod')")).toBe("true");
  expect(await failure("require.resolve('no-such-package')")).toMatch(/Cannot find module 'no-such-package'/);
  expect(await failure("require.resolve('zod', { paths: ['/'] })")).toMatch(/Cannot find module 'zod'/);
  expect(await value("Array.isArray(require.resolve.paths('zod'))")).toBe("true");
});
