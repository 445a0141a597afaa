import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { modulePlace, packageModules } from "../../../kernel-ext/language/completeModule.js";
import { KERNEL_ROOT } from "../../../kernel-ext/language/kernelRoot.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const folder = mkdtempSync(join(tmpdir(), "complete-module-"));
let language: CellLanguage;

beforeAll(async () => {
  for (const [name, text] of Object.entries({
    "node_modules/@mine/pack/package.json":
      '{ "name": "@mine/pack", "exports": { ".": "./a.js", "./deep/er": "./b.js", "./*": "./c.js" } }',
    "node_modules/minimal/package.json": "{ broken",
    "lib/thing.ts": "export const thing = 1;",
    "lib/values.json": "{}",
  })) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
});
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

it.each([
  ['import a from "lo', { typed: "lo", before: "" }],
  ["const b = await import('@mine/pa", { typed: "@mine/pa", before: "@mine/" }],
  ['require("./lib/th', { typed: "./lib/th", before: "./lib/" }],
  ['const from = "lo', undefined],
  ['import a from "b"; a', undefined],
])("finds the name of a module being written: %s", (before, place) => {
  expect(modulePlace(before)).toEqual(place);
});

it.each([
  ["@mi", ["@mine/pack"]],
  ["@mine/pack/", ["@mine/pack/deep/er"]],
  ["minim", ["minimal"]],
  ["magic-s", ["magic-string"]],
  ["tunel", ["tunelab"]],
  ["./m", []],
  ["node:fs", ["node:fs", "node:fs/promises"]],
])("offers packages of the folder, of the kernel and Node's modules for %j", (typed, names) => {
  expect(packageModules(typed, { folder, kernel: KERNEL_ROOT })).toEqual(names);
});

describe("in a cell", () => {
  /** `|` is the cursor. Gives the cell with the first match put in. */
  async function completed(marked: string): Promise<string | undefined> {
    const points = [...marked.replace("|", "")];
    const { matches, start, end } = await language.complete(points.join(""), [...marked].indexOf("|"));
    const [match] = matches;
    return match && [...points.slice(0, start), match, ...points.slice(end)].join("");
  }

  it.each([
    ['import * as tf from "@tensorflow/tfj|"', 'import * as tf from "@tensorflow/tfjs"'],
    ['import M from "magic-s|', 'import M from "magic-string'],
    ['import { readFile } from "node:fs/p|"', 'import { readFile } from "node:fs/promises"'],
    ['import { thing } from "./li|"', 'import { thing } from "./lib"'],
    ['"🎉🎉"; await import("./lib/th|")', '"🎉🎉"; await import("./lib/thing")'],
    ['import v from "./lib/v|"', 'import v from "./lib/values.json"'],
    ['import { th| } from "./lib/thing"', 'import { thing } from "./lib/thing"'],
  ])("%s", async (marked, whole) => {
    expect(await completed(marked)).toBe(whole);
  });

  it("hides names of the kernel's own", async () => {
    const { matches } = await language.complete("__", 2);
    expect(matches.filter((name) => /cells|tunelab|tsk/.test(name))).toEqual([]);
  });

  it("knows nothing about a name that nobody declared", async () => {
    expect(await language.inspect("nobodyDeclaredThis", 5)).toBeUndefined();
    expect((await language.inspect("const x: any = 1; x", 19))?.text).toBe("const x: any");
  });
});
