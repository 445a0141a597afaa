import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { splitMagics } from "../../../kernel-ext/magics/split.js";

const folder = mkdtempSync(join(tmpdir(), "complete-cell-"));
let language: CellLanguage;

beforeAll(async () => {
  for (const [name, text] of Object.entries({
    "node_modules/colours/package.json":
      '{ "name": "colours", "exports": { ".": { "types": "./c.d.ts", "default": "./c.js" } } }',
    "node_modules/colours/c.d.ts": "export declare const xylene: 1; export declare const blue: 2;",
    "content.txt": "",
    "with space.txt": "",
    "configs/a.json": "{}",
  })) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
  const cell = `
    import * as tf from "@tensorflow/tfjs"; import { fit } from "tunelab";
    const alphaBeta = { one: 1, Two: 2, "not-a-name": 3 }; const later = Promise.resolve({ key: 1 });
    const data = {} as any; const model = tf.sequential(); class Zebra {} interface Zone { a: 1 }`;
  const { diagnostics } = await language.check(1, splitMagics(cell, magics).source);
  expect(diagnostics).toEqual([]);
  language.commit(1);
});
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

/** `|` is the cursor. */
async function offered(marked: string): Promise<readonly string[]> {
  const points = [...marked.replace("|", "")];
  return (await language.complete(points.join(""), [...marked].indexOf("|"))).matches;
}

describe("members", () => {
  it("are all there, lower case first, whatever names the cells have", async () => {
    const members = await offered("tf.|");
    expect(members).toEqual(
      expect.arrayContaining(["tensor", "zeros", "train", "variable", "util", "softmax", "LayersModel"]),
    );
    expect(members.length).toBeGreaterThan(500);
    expect(members[0]).toBe("abs");
    const first = members.findIndex((name) => /^\p{Lu}/u.test(name));
    expect(members.slice(first).filter((name) => /^\p{Ll}/u.test(name))).toEqual([]);
  });

  it("are such as can follow the dot", async () => {
    expect(await offered("alphaBeta.|")).toEqual(["one", "Two"]);
    // A key is none of the notebook's names.
    expect(await offered('const keyed = { "a b": 1, zebra: 2, Zebra: 3 }; keyed["|')).toEqual([
      "a b",
      "zebra",
      "Zebra",
    ]);
    expect(await offered("later.|")).toEqual(["catch", "finally", "then"]);
    expect(await offered("await later.|")).toEqual(["catch", "finally", "then"]);
    expect(await offered("(await later).|")).toEqual(["key"]);
    expect((await offered("[...al|]"))[0]).toBe("alphaBeta");
  });
});

describe("names", () => {
  it.each(["|", "const x = |", "fit(|", "if (|"])("without a letter typed, in %j", async (marked) => {
    const names = await offered(marked);
    const own = ["alphaBeta", "data", "fit", "later", "model", "tf", "Zebra"];
    expect([...names].slice(0, marked === "const x = |" ? 8 : 7).filter((name) => name !== "x")).toEqual(own);
    expect(names).toEqual(
      expect.arrayContaining(["console", "Promise", "process", "setTimeout", "await", "Map"]),
    );
    expect(names.indexOf("console")).toBeLessThan(names.indexOf("Promise"));
    expect(names.filter((name) => /^(document|window|name|HTMLElement|AudioContext)$/.test(name))).toEqual(
      [],
    );
  });

  it("are those of Node, not of browsers, but the cells' own in any case", async () => {
    expect(await offered("docu|")).toEqual([]);
    expect(await offered("con|")).toEqual(["console", "const", "continue"]);
    expect(await offered("const document = 1; docu|")).toEqual(["document"]);
    expect(await offered("const f = (history: string) => histo|")).toEqual(["history"]);
  });

  it("of types come with the DOM's, which are last", async () => {
    expect(await offered("let x: HTMLDi|")).toEqual(
      expect.arrayContaining(["HTMLDivElement", "HTMLDialogElement"]),
    );
    const types = await offered("let x: |");
    expect(types.indexOf("Zone")).toBeLessThan(types.indexOf("string"));
    expect(types.indexOf("string")).toBeLessThan(types.indexOf("Promise"));
    expect(types.indexOf("Promise")).toBeLessThan(types.indexOf("Attr"));
    expect(types).toContain("HTMLElement");
  });

  it("of a call's options come alone", async () => {
    const options = ["batchSize", "loss", "optimizer", "trial"];
    for (const marked of [
      "fit(model, data, { |",
      "1;\nawait fit(model, data, {\n  epochs: 1,\n  |\n});\n2",
    ]) {
      const names = await offered(marked);
      expect(names).toEqual(expect.arrayContaining(options));
      expect(names.filter((name) => /^(console|tf|const)$/.test(name))).toEqual([]);
    }
  });

  it.each([
    ["import { x| } from 'colours'", ["xylene"]],
    ["import { | } from 'colours'", ["blue", "xylene", "type"]],
    ["import { Magic| } from 'magic-string'", ["MagicString", "MagicStringError", "MagicStringOptions"]],
    ["import { blu|", []],
  ])("of a package's exports: %j", async (marked, names) => {
    expect([...(await offered(marked))].sort()).toEqual([...names].sort());
  });
});

describe("code at magics", () => {
  it.each([
    "%timeit alphaBeta.|",
    "%timeit -n5 -r 2 alphaBeta.|",
    "\n// remark\n%%time\nalphaBeta.|",
    "%timeit -n 5 --repeat=2 alphaBeta.|\nconst next = 1",
    "%time alphaBeta.|",
    "%profile --ops f(alphaBeta.|)",
    "if (data) {\n  %time alphaBeta.|\n}",
    "%time \\\n  alphaBeta.|",
    "%%timeit\nreturn alphaBeta.|",
    "%%capture out\nalphaBeta.|",
  ])("is completed in %j", async (marked) => {
    expect(await offered(marked)).toEqual(["one", "Two"]);
  });

  it.each([
    "%%sweep foo --trials 2\nasync (trial) => { trial.sug|\n return 1; }",
    "%%sweep foo --trials 2\nasync (trial) => {\n  const lr = trial.sug|",
    "\n%%sweep foo --tri\n(trial) => trial.sug|",
    "%%sweep foo --trials 2\n// remark\n\nfunction objective(trial) { if (1) { trial.sug|",
  ])("has the magic's type in %j", async (marked) => {
    expect(await offered(marked)).toEqual(["suggestCategorical", "suggestFloat", "suggestInt"]);
  });

  it("gives way to options before it, and offers the notebook's names", async () => {
    expect(await offered("%timeit --r|")).toEqual(["--repeat"]);
    expect(await offered("%timeit |")).toEqual(expect.arrayContaining(["alphaBeta", "--number"]));
  });
});

describe("files", () => {
  it.each([
    ["!cat con|", ["content.txt", "configs/"]],
    ["const a = 1\n!cat ./configs/|", ["./configs/a.json"]],
    ["!cat wi|", ["with\\ space.txt"]],
    ["!cat with\\ s|", ["with\\ space.txt"]],
    ["!cat content.txt | grep con|", undefined],
    ["!con|", []],
    ["%cd |", ["node_modules/", "configs/"]],
    ["%cd configs/|", []],
  ])("%j", async (marked, names) => {
    const asked = marked.replace("txt | grep", "txt ; grep");
    const wanted = names ?? ["content.txt", "configs/"];
    expect([...(await offered(asked))].sort()).toEqual([...wanted].sort());
  });
});
