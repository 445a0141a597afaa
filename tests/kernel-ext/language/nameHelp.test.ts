import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const folder = mkdtempSync(join(tmpdir(), "name-help-"));
let language: CellLanguage;
beforeAll(async () => {
  language = new CellLanguage({ folder, magics, tell: () => undefined });
  await language.ready;
});
afterAll(async () => {
  await language.dispose();
  rmSync(folder, { recursive: true });
});

it("tells a function's signature, documentation and example, also before it is imported", async () => {
  const found = await language.help("fit", "");
  expect(found?.text).toMatch(/^function fit\(model: [\w.]*LayersModel, dataset: [\w.]*Dataset, /);
  expect(found?.text).toContain("\nTrains a model; ");
  expect(found?.text).toMatch(/\nExample:\nconst run = await fit\(model, mnist, /);
  expect(found?.markdown).toMatch(/\*\*Example\*\*\n```tsx\nconst run = await fit\([^`]*\n```\n/);
  expect(found?.text).toMatch(/\n\nFitOptions\? tells each option\.$/);
  expect(found?.markdown).toMatch(/\n\n`FitOptions\?` tells each option\.$/);
  expect((await language.help("tf.losses", ""))?.text ?? "").not.toContain("tells each option");
});

it("tells where the options are told: those of the asking cell, of a namespace, and none that are not known", async () => {
  const own = "interface DrawOptions { wide?: 1 } function draw2(x: 1, options: DrawOptions = {}) {}";
  expect((await language.help("draw2", own))?.text).toMatch(/\n\nDrawOptions\? tells each option\.$/);
  const ofNamespace = await language.help("data.mnist", "");
  expect(ofNamespace?.text).toMatch(/\n\ndata\.MnistOptions\? tells each option\.$/);
  expect((await language.help("data.MnistOptions", ""))?.text).toMatch(/\n {2}validation\?: number\n/);
  const unknown = "function draw3(x: 1, options: GoneOptions = {}) {}";
  expect((await language.help("draw3", unknown))?.text).not.toContain("tells each option");
});

it("tells the fields of an interface, a sentence each, of the library's and of the person's own", async () => {
  const options = await language.help("FitOptions", "");
  expect(options?.text).toMatch(/^interface FitOptions\n/);
  expect(options?.text).toContain("\n  epochs?: number\n      Passes over the training split, ≥ 1.\n");
  expect(options?.text).toContain('\n  notFinite?: "skip" | "stop" | "tell"\n');
  expect(options?.markdown).toContain("\n- `epochs?: number`: Passes over the training split, ≥ 1.\n");
  expect((await language.help("AdamOptions", ""))?.text).toMatch(/\n {2}beta1\?: number\n/);
  const own = "/** Mine. */ interface Box {\n  /** How wide, in mm. */\n  width: number;\n  open(): void;\n}";
  expect((await language.help("Box", own))?.text).toBe(
    "interface Box\n\nMine.\n\n  open(): void\n\n  width: number\n      How wide, in mm.\n",
  );
  expect((await language.help("Severity", ""))?.text).toMatch(/^type Severity = "error" \| .*\n\n`error`: /);
});

it("means tunelab's type by a name that the DOM has too, unless a cell has its own", async () => {
  const tunelabs = /^interface History\n\nWhat `fit` measured, [\s\S]*\n {2}valLoss: number\[\]\n/;
  expect((await language.help("History", ""))?.text).toMatch(tunelabs);
  const imported = 'import { type History } from "tunelab";';
  expect((await language.help("History", imported))?.text).toMatch(tunelabs);
  expect((await language.help("History", "interface History { mine: 1 }"))?.text).toBe(
    "interface History\n\n  mine: 1\n",
  );
  expect((await language.help("Map", ""))?.text).toMatch(/^interface Map<K, V>\n\n {2}clear\(\): void\n/);
});

it.each([
  ["an interface's", "interface Many", ""],
  ["a class's", "class Many", ""],
  ["an object type's", "type Many =", ";"],
])("tells %s fields by the hundred, and names the others", async (_whose, head, end) => {
  const fields = Array.from({ length: 130 }, (_, index) => `f${1000 + index}: 1;`).join(" ");
  const text = (await language.help("Many", `${head} { ${fields} }${end}`))?.text;
  expect(text?.match(/^ {2}f\d+: 1$/gm)).toHaveLength(100);
  expect(text).toMatch(/\n {2}and f1100, .*, f1129\n$/);
});

it("tells what is in a namespace, a sentence each", async () => {
  const found = await language.help("data", "");
  expect(found?.text).toMatch(/^data has \d+ members; data\.NAME\? tells more of one\.\n/);
  expect(found?.text).toContain(
    "  function arrays(options: data.ArraysOptions): data.Dataset\n      Makes a data set of arrays.\n",
  );
  expect(found?.markdown).toContain("- `data.arrays`: Makes a data set of arrays.");
  expect((await language.help("data.arrays", ""))?.text).toMatch(/^function arrays\(/);
});

it("knows the asking cell's own names, and those of earlier cells before tunelab's", async () => {
  expect((await language.help("rate", "const rate = 5;"))?.text).toBe("const rate: 5");
  await language.check(1, "const fit = 7;");
  language.commit(1);
  expect((await language.help("fit", ""))?.text).toBe("const fit: 7");
});

it("tells a magic's help with every value its options take, and owns that it knows nothing", async () => {
  expect((await language.help("%board", ""))?.text).toContain(
    "any of scalars, gradients, histograms, distributions, hparams, evaluation, images, text, tables, audio, graph, system",
  );
  expect(await language.help("nothingAtAll", "")).toBeUndefined();
});
