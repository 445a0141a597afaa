import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { formatDiagnostics } from "../../../kernel-ext/language/diagnostics.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { splitMagics } from "../../../kernel-ext/magics/split.js";
import { nested } from "../nestedCode.js";

const folder = mkdtempSync(join(tmpdir(), "cell-language-"));
const told: string[] = [];
let language: CellLanguage;
let cell = 0;

beforeAll(async () => {
  language = new CellLanguage({ folder, magics, tell: (message) => told.push(message) });
  await language.ready;
});
beforeEach(() => language.reset());
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

/** Checks a cell and commits it. Gives the numbers of TypeScript's errors. */
async function check(source: string): Promise<number[]> {
  const number = ++cell;
  const { diagnostics, checked } = await language.check(number, splitMagics(source, magics).source);
  expect(checked).toBe(true);
  language.commit(number);
  return diagnostics.map(({ code }) => code);
}

/** Cells that must be without an error, in order. */
async function fine(...sources: string[]): Promise<void> {
  for (const source of sources) expect(await check(source), source).toEqual([]);
}

it("gives later cells no types of JSON that nests too deeply, which an unchecked one imported", async () => {
  writeFileSync(join(folder, "deep.json"), `{ "a": ${nested.arrays?.(4_000)} }`);
  writeFileSync(
    join(folder, "behindDeep.ts"),
    'export { default as deep } from "./deep.json"; export const b = 1;',
  );
  language.commit(
    ++cell,
    'import data, { a } from "./deep.json"; import { deep, b } from "./behindDeep"; const all = await import("./deep.json"); const n = 1;',
  );
  await fine("[data.a, a, deep.a[0], all.default.a]; b.toFixed()");
  expect(await check("n.nothing")).toEqual([2339]);
});

it("keeps the names of earlier cells when the notebook moves to another folder", async () => {
  const next = join(folder, "next");
  mkdirSync(next);
  writeFileSync(join(next, "there.ts"), "export const there: 1 = 1;");
  await fine("const moved = 7; interface Kept { a: number }");
  language.setFolder(next);
  try {
    await fine("import { there } from './there'; const kept: Kept = { a: moved + there }");
    expect(await check("const wrong: string = moved")).toEqual([2322]);
    expect(await language.declared()).toContainEqual({
      name: "moved",
      type: "const moved: 7",
      cell: cell - 2,
    });
  } finally {
    language.setFolder(folder);
  }
  await fine("moved + kept.a");
});

it("keeps the types of what earlier cells imported when a package is installed", async () => {
  await fine("import { data, type Trial } from 'tunelab'; const arrays = data.arrays");
  const wrong = "const text: string = arrays; const count: number = {} as Trial; data.mnits";
  const errors = [2322, 2322, 2551];
  expect(await check(wrong)).toEqual(errors);
  await language.packagesChanged();
  expect(await check(wrong)).toEqual(errors);
});

describe("no false errors", () => {
  it("for names of earlier cells: values, types, shorthand, awaits, closures", async () => {
    await fine(
      "const lr = 0.1; let units = 3; function act(x: number) { return x } interface Net { depth: number }",
      "({ lr, units, act }); const net: Net = { depth: units }; act(net.depth)",
      "const later = async () => lr; await later()",
      "for await (const n of [later()]) n.toFixed()",
      "units = 5; units++; [units] = [7]; for (units of [1]) {}",
      "class Layer<T extends Net> { constructor(readonly net: T) {} static make() { return new Layer({ depth: 1 }) } }",
      "const layer: Layer<Net> = Layer.make(); layer.net.depth.toFixed()",
      "type Pair<A, B = A> = [A, B]; enum Kind { A, B } const enum Fast { X = 1 } namespace Space { export interface In { a: 1 }; export const v = 1 }",
      "const pair: Pair<number> = [1, 2]; const kind: Kind = Kind.A; const fast: Fast = Fast.X; const inner: Space.In = { a: 1 }; Space.v",
      "abstract class Base { abstract go(): void } class Impl extends Base { go() {} } new Impl().go()",
      "const { a, b: [c], ...rest } = { a: 1, b: ['x'], d: true }; ",
      "c.length + a; rest.d",
    );
  });

  it("for names declared anew with another kind or type", async () => {
    await fine(
      "const x = 1",
      "const x = 'text'; x.length",
      "x.toUpperCase()",
      "let x = [1]",
      "x.push(2)",
      "function x() { return 1 }",
      "x().toFixed()",
      "class x { m() {} }",
      "new x().m()",
      "import { sep as x } from 'node:path'",
      "x.length",
      "enum x { A }",
      "x.A.toFixed()",
      "interface T { a: 1 }",
      "type T = string",
      "const t: T = 'x'",
      "const T = 5",
      "T.toFixed(); const u: T = 'still the type'",
    );
  });

  it("for imports: re-exported through cells, of Node, of the kernel's packages, of types", async () => {
    await fine(
      "import path, { join } from 'node:path'; import * as fs from 'node:fs'; import type { Stats } from 'node:fs'",
      "join('a', path.sep); fs.readFileSync; let stats: Stats | undefined; const parsed: path.ParsedPath = path.parse('a')",
      "import * as tf from '@tensorflow/tfjs'; const t = tf.tensor([1, 2]); let model: tf.LayersModel",
      "model = tf.sequential(); model.predict(t); const shape: number[] = t.shape; const other: tf.Tensor1D = tf.tensor1d([1])",
      "import { models, fit, adam } from 'tunelab'",
      "const m = models.mlp({ inputShape: [4], hidden: [8], classes: 3 }); m.summary(); fit.length; adam({ learningRate: 1e-3 })",
      "import * as tslab from 'tslab'; tslab.display.html('<b>x</b>'); tslab.newDisplay().text('x')",
    );
  });

  it("for what a notebook does without annotations", async () => {
    await fine(
      "const list = []; list.push(1)",
      "list.push('two'); list.length",
      "function f(a, b = 2) { return a + b } f(1)",
      "let empty; empty = 3",
      "empty.toFixed()",
      "const o: any = {}; o['k'] = 1; process.env.HOME; Buffer.from('x'); console.log(__dirname === undefined, require('fs')); setTimeout(() => {}, 1)",
      "using r = { [Symbol.dispose]() {} }; structuredClone({}); fetch; performance.now()",
    );
  });

  it("for magics, TSX, and cells of nothing", async () => {
    await fine(
      "%lsmagic\nconst a = 1\n!echo",
      "",
      "// remark",
      "const h = (...all: any[]) => all; <div id='a'>{a}</div>",
      "%%capture out\nconsole.log(a)",
      "out.stdout.length",
      "%timeit a + 1",
      "export const e = 1; export default 5; export { e as f }",
      "e.toFixed()",
      "%%writefile x.txt\nnot {{ TypeScript",
    );
  });
});

describe("a long notebook", () => {
  it("keeps every name of 130 cells, and takes back documents of names that were replaced", async () => {
    for (let n = 0; n < 130; n++) await fine(n === 0 ? "const v0 = 0" : `const v${n} = v${n - 1} + 1`);
    await fine(Array.from({ length: 130 }, (_, n) => `v${n}.toFixed();`).join(" "));
    expect(await check("v57.toUpperCase()")).toEqual([2339]);
    for (let n = 0; n < 30; n++) await fine("let same = 1; same++");
    await fine(
      "declare global { interface Array<T> { ours(): T } }",
      "const after = 1",
      "[1].ours().toFixed()",
    );
  });
});

describe("errors", () => {
  it("are found across cells", async () => {
    await fine(
      "const n = 1; let s: string | null = 'a'; interface P { v: number } function f(a: number) {} class K { private q = 1 }",
    );
    expect(await check("n.toUpperCase()")).toEqual([2339]);
    expect(await check("n = 2")).toEqual([2588]);
    expect(await check("s = 5")).toEqual([2322]);
    expect(await check("const p: P = { v: 'x' }")).toEqual([2322]);
    expect(await check("f('x')")).toEqual([2345]);
    expect(await check("new K().q")).toEqual([2341]);
    expect(await check("nowhere; import { nothing } from 'node:fs'; import 'no-such-package'")).toEqual([
      2304, 2305, 2882,
    ]);
    expect(await check("import { models } from 'tunelab'; models.mlp({ inputShape: 'four' })")).toEqual([
      2322,
    ]);
  });

  it("in a %%sweep body are found on their own line, with trial typed", async () => {
    const source =
      "%%sweep s --trials 2 --maximize loss\n\nasync (trial) => {\n  const lr = trial.suggestFloat('lr', 0, 1);\n  lr.toUpperCase();\n  return trial.sugest();\n};";
    const { source: text, errors } = splitMagics(source, magics);
    expect(errors).toEqual([]);
    const { diagnostics } = await language.check(++cell, text);
    expect(diagnostics.map(({ line, code }) => [line, code])).toEqual([
      [5, 2339],
      [6, 2339],
    ]);
    expect(await check("%%sweep s --trials 2 --maximize loss\n5")).toEqual([1360]);
  });

  it("are shown with their line and a mark below", async () => {
    const source = "const ok = 1;\n\tconst emoji = '😀', x: number = 'text';";
    const { diagnostics } = await language.check(7, source);
    expect(formatDiagnostics(diagnostics, { cell: 7, source })).toBe(
      "cell 7, line 2: error TS2322: Type 'string' is not assignable to type 'number'.\n  2 │ \tconst emoji = '😀', x: number = 'text';\n    │ \t                   ~",
    );
  });

  it("of syntax are found without the checker", async () => {
    const { diagnostics } = await language.check(8, "let a = 1;\nlet b = ;");
    expect(diagnostics).toMatchObject([{ code: 0, line: 2, column: 9, severity: "error" }]);
  });

  it("leave a cell that never ran without a trace", async () => {
    await language.check(++cell, "const fleeting = 1");
    expect(await check("fleeting")).toEqual([2304]);
  });
});

describe("complete", () => {
  /** `|` is the cursor. */
  async function complete(text: string) {
    const cursor = [...text].indexOf("|");
    const found = await language.complete(text.replace("|", ""), cursor);
    return { ...found, replaced: [...text.replace("|", "")].slice(found.start, found.end).join("") };
  }

  it("offers names of earlier cells first, members, imports, keywords", async () => {
    await fine("const learningRate = 0.1; function learn() {} interface Learner {}");
    expect(await complete("learn|")).toMatchObject({ replaced: "learn", matches: ["learn", "learningRate"] });
    expect((await complete("learn|")).entries[0]).toMatchObject({ text: "learn", type: "function" });
    expect((await complete("learningRate.toF|")).matches).toEqual(["toFixed"]);
    expect((await complete("import { readFileS| } from 'node:fs'")).matches).toEqual(["readFileSync"]);
    expect(await complete("import 'node:fs/prom|'")).toMatchObject({
      replaced: "prom",
      matches: ["promises"],
    });
    expect((await complete("let x: Lear|")).matches).toContain("Learner");
    expect((await complete("awai|")).matches).toContain("await");
  });

  it("counts in code points", async () => {
    await fine("const short = 'x'");
    const found = await complete("const s = '😀👩‍👩‍👧'; short.toUpp|");
    expect(found).toMatchObject({ replaced: "toUpp", matches: ["toUpperCase"] });
    expect(found.end).toBe([..."const s = '😀👩‍👩‍👧'; short.toUpp"].length);
  });

  it("works in unfinished text, under a magic, and offers magics on their lines", async () => {
    await fine("const data = { rows: [1], columns: 2 }");
    expect((await complete("f(() => {\n  if (data.ro|")).matches).toEqual(["rows"]);
    expect((await complete("`${data.col|")).matches).toEqual(["columns"]);
    expect((await complete("%%time\ndata.ro|")).matches).toEqual(["rows"]);
    expect((await complete("const a = 1\n%typecheck w|")).matches).toEqual(["warn"]);
    expect((await complete("%typec|")).matches).toEqual(["%typecheck"]);
  });

  it("answers many questions at once, each for its own text", async () => {
    await fine("const one = { alpha: 1 }; const two = { beta: 2 }");
    const [first, second] = await Promise.all([complete("one.|"), complete("two.|")]);
    expect(first?.matches).toEqual(["alpha"]);
    expect(second?.matches).toEqual(["beta"]);
  });
});

describe("inspect and declared", () => {
  it("give signature and documentation, of calls too, without the cells' module names", async () => {
    await fine(
      "/** Doubles. */\nfunction twice(n: number): number { return n * 2 }\nclass Box { v = 1 }",
      "const box = new Box()",
    );
    expect(await language.inspect("twice(1)", 3)).toEqual({
      text: "function twice(n: number): number\n\nDoubles.",
      markdown: "```typescript\nfunction twice(n: number): number\n```\nDoubles.",
    });
    expect((await language.inspect("twice(", 6))?.text).toContain("twice(n: number): number");
    expect((await language.inspect("box", 3))?.text).toBe("const box: Box");
    expect((await language.inspect("%typecheck", 4))?.text).toMatch(/^%typecheck \[strict\|warn\|off\]/);
    expect(await language.inspect("   ", 1)).toBeUndefined();
    expect(await language.declared()).toMatchObject([
      { name: "twice", type: "function twice(n: number): number" },
      { name: "Box", type: "class Box" },
      { name: "box", type: "const box: Box" },
    ]);
  });
});

describe("the notebook's own folder", () => {
  it("comes first: its tsconfig.json, its packages by exports, its files", async () => {
    const own = mkdtempSync(join(tmpdir(), "cell-language-own-"));
    mkdirSync(join(own, "node_modules/modern/lib"), { recursive: true });
    writeFileSync(join(own, "base.json"), `{ "compilerOptions": { "noUncheckedIndexedAccess": true } }`);
    writeFileSync(
      join(own, "tsconfig.json"),
      `{ // remark\n "extends": "./base.json", "compilerOptions": { "paths": { "@/*": ["./lib/*"] }, "noEmit": false, "noImplicitAny": true, }, }`,
    );
    mkdirSync(join(own, "lib"));
    writeFileSync(join(own, "lib/local.ts"), "export const local = 'here'");
    writeFileSync(join(own, "data.json"), `{ "rows": 3 }`);
    writeFileSync(
      join(own, "node_modules/modern/package.json"),
      `{ "name": "modern", "exports": { "./sub": { "types": "./lib/s.d.ts" } } }`,
    );
    writeFileSync(join(own, "node_modules/modern/lib/s.d.ts"), "export declare const modern: number");
    const other = new CellLanguage({ folder: own, magics, tell: (message) => told.push(message) });
    const codes = async (source: string) =>
      (await other.check(++cell, source)).diagnostics.map(({ code }) => code);
    try {
      expect(
        await codes(
          "import { local } from './lib/local.ts'; import { local as again } from '@/local'; local satisfies string; again.length",
        ),
      ).toEqual([]);
      expect(
        await codes(
          "import data from './data.json'; data.rows.toFixed(); import { modern } from 'modern/sub'; modern.toFixed()",
        ),
      ).toEqual([]);
      expect(await codes("const list = [1]; list[0].toFixed()")).toEqual([2532]);
      expect(await codes("function f(a) {}")).toEqual([7006]);
      expect(await codes("import * as tf from '@tensorflow/tfjs'; tf.ones([1]).foo")).toEqual([2339]);
    } finally {
      await other.dispose();
      rmSync(own, { recursive: true });
    }
  });
});

describe("a server that dies or hangs", () => {
  it("is started again once and still knows the cells; after that cells run unchecked, and the person is told", async () => {
    const messages: string[] = [];
    const mortal = new CellLanguage({
      folder,
      magics,
      tell: (message) => messages.push(message),
    });
    try {
      await mortal.check(1, "const x = 1");
      mortal.commit(1);
      mortal.killServer();
      await mortal.check(2, "x");
      expect((await mortal.check(3, "x.toUpperCase()")).diagnostics).toMatchObject([{ code: 2339 }]);
      expect(messages).toEqual([expect.stringMatching(/ended and is started again/)]);
      mortal.killServer();
      await mortal.check(4, "x");
      expect(await mortal.check(5, "x.toUpperCase()")).toEqual({ diagnostics: [], checked: false });
      expect((await mortal.check(6, "let a = ;")).diagnostics).toHaveLength(1);
      expect(await mortal.complete("x.", 2)).toMatchObject({ matches: [] });
      expect(messages).toHaveLength(2);
      expect(messages[1]).toMatch(/run unchecked from now on/);
    } finally {
      await mortal.dispose();
    }
  });
});
