import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { flatTypes, isFlat, isFlattened } from "../../../kernel-ext/language/flatTypes.js";
import { KERNEL_ROOT } from "../../../kernel-ext/language/kernelRoot.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const packages = join(KERNEL_ROOT, "node_modules", "@tensorflow");
const folders: string[] = [];
const opened: CellLanguage[] = [];
/** In a folder without packages: the declarations are the flattened ones. */
let flat: CellLanguage;
/** In a folder with a copy of TensorFlow.js of its own: the declarations are the packages'. */
let own: CellLanguage;

beforeAll(async () => {
  flat = await open(emptyFolder());
  own = await open(folderWithOwn());
});
afterAll(() => {
  for (const language of opened) language.dispose();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-flat-"));
  folders.push(folder);
  return folder;
}

function folderWithOwn(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packages, join(folder, "node_modules", "@tensorflow"));
  return folder;
}

async function open(folder: string): Promise<CellLanguage> {
  const language = new CellLanguage({ folder, magics, tell: () => undefined });
  opened.push(language);
  const cell = `import * as tf from "@tensorflow/tfjs";
    const tensor = tf.ones([2, 2]);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });`;
  expect((await language.check(1, cell)).diagnostics).toEqual([]);
  language.commit(1);
  return language;
}

/** Which of them the cells of a folder are checked by. */
async function isFlatAt(language: CellLanguage): Promise<boolean> {
  const { diagnostics } = await language.check(2, "const wrong: tf.Tensor = tf;");
  const path = JSON.stringify(diagnostics);
  expect(path).toContain("@tensorflow/tfjs");
  return (await language.inspect("tf.Reduction", 6, 1))?.text.includes("license") === false;
}

const names = [
  ...["tf.tidy", "tf.memory", "tf.tensor", "tf.matMul", "tf.conv2d", "tf.version", "tf.ENV"],
  ...["tf.io", "tf.io.http", "tf.util", "tf.util.shuffle", "tf.browser.fromPixels", "tf.data.csv", "tf.Rank"],
  ...["tf.layers.dense", "tf.train.adam", "tf.callbacks.earlyStopping", "tf.initializers.heNormal"],
  ...["tf.Optimizer", "tf.LayersModel", "tf.SymbolicTensor", "tf.GraphModel", "tf.webgl"],
  ...["tensor.add", "tensor.matMul", "tensor.data", "tensor.shape", "model.fit", "model.layers"],
];
const types = [
  "Tensor2D",
  "TensorLike",
  "ModelFitArgs",
  "NamedTensorMap",
  "DataType",
  "Logs",
  "io.IOHandler",
];

it.each([...names, ...types.map((name) => `type Asked = tf.${name}`)])(
  "%s is told as by the package's own declarations",
  async (code) => {
    const told = await flat.inspect(code, code.length, 0);
    expect(told?.text.length).toBeGreaterThan(5);
    expect(told?.text).not.toMatch(/\$flat|flat"/);
    expect(await own.inspect(code, code.length, 0)).toEqual(told);
  },
);

it.each(["tf.layers.dense(", "tf.tensor2d(", "model.compile(", "tensor.reshape("])(
  "the call %s is told as by the package's own declarations",
  async (code) => {
    const told = await flat.inspect(code, code.length, 1);
    expect(told?.text).toContain("(");
    expect(await own.inspect(code, code.length, 1)).toEqual(told);
  },
);

it.each(["tf.", "tf.io.", "tf.util.", "tf.backend_util.", "tf.train.", "tensor.", "model."])(
  "%s completes to the names of the package's own declarations",
  async (code) => {
    const { matches } = await flat.complete(code, code.length);
    expect(matches.length).toBeGreaterThan(5);
    expect(matches.join()).not.toMatch(/\$flat|flat"/);
    expect((await own.complete(code, code.length)).matches).toEqual(matches);
  },
);

it("finds in cells what the package's own declarations find", async () => {
  const cell = [
    "tf.matMull(tensor, tensor);",
    "const shape: string = tensor.shape;",
    "tf.layers.dense({ unit: 3 });",
    "tf.tensor1d(['a', 1]).add('b');",
    "model.fit(tensor);",
    "const kept: tf.Tensor3D = tf.tidy(() => tf.zeros([1, 2]));",
    "class Own extends tf.layers.Layer { static className = 3 }",
    "const handler: tf.io.IOHandler = { save: 1 };",
    "const rate: string = tf.train.adam(0.1);",
    "tf.io.nothing; tf.util.nothing;",
  ].join("\n");
  const { diagnostics } = await flat.check(3, cell);
  expect(new Set(diagnostics.map(({ line }) => line)).size).toBeGreaterThanOrEqual(9);
  expect((await own.check(3, cell)).diagnostics).toEqual(diagnostics);
});

it("has modules deep in a package fit the rest", async () => {
  const cell = `
    import { Layer, type LayerArgs } from "@tensorflow/tfjs-layers/dist/engine/topology";
    import type { Tensor } from "@tensorflow/tfjs-core/dist/tensor";
    import { square } from "@tensorflow/tfjs-core/dist/ops/square";
    class Twice extends Layer {
      static className = "Twice";
      constructor(args?: LayerArgs) { super(args ?? {}); }
      call(inputs: Tensor | Tensor[]): Tensor { return (Array.isArray(inputs) ? inputs[0] as Tensor : inputs).mul(2); }
    }
    model.add(new Twice());
    const squared: tf.Tensor = square(tensor);`;
  expect((await flat.check(4, cell)).diagnostics).toEqual([]);
});

it("finds modules that nothing else reaches in the package itself", async () => {
  const cell =
    'import { absConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Abs"; absConfig.kernelNam;';
  const { diagnostics } = await flat.check(5, cell);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(/did you mean 'kernelName'/i),
  ]);
});

it("is given up where the folder comes to have a copy of its own, and taken up again", async () => {
  const folder = emptyFolder();
  const language = await open(folder);
  expect(await isFlatAt(language)).toBe(true);
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(packages, join(modules, "@tensorflow"));
  language.packagesChanged();
  expect(await isFlatAt(language)).toBe(false);
  rmSync(modules, { recursive: true });
  language.packagesChanged();
  expect(await isFlatAt(language)).toBe(true);
});

it("holds below the kernel's own folder, whose copy is the kernel's", () => {
  const paths = flatTypes(join(KERNEL_ROOT, "notebooks"), {});
  expect([...paths.keys()]).toEqual(expect.arrayContaining(["@tensorflow/tfjs", "@tensorflow/tfjs-core/*"]));
  for (const [module, [first = ""]] of paths) {
    if (module.endsWith("*")) continue;
    expect(existsSync(first)).toBe(true);
    expect(isFlattened(module)).toBe(true);
  }
});

it("leaves a person's own paths of these packages alone", () => {
  const paths = { "@tensorflow/*": ["./vendor/*"] };
  expect(flatTypes(emptyFolder(), { paths }).size).toBe(0);
  expect(flatTypes(emptyFolder(), { paths: { "@app/*": ["./app/*"] } }).size).toBeGreaterThan(0);
});

it("knows the files that hold a whole package", () => {
  expect(isFlat(join(KERNEL_ROOT, "dist/types/node_modules/@tensorflow/tfjs-core/flat.d.ts"))).toBe(true);
  expect(isFlat(join(KERNEL_ROOT, "dist/types/node_modules/@tensorflow/tfjs-core/dist/tensor.d.ts"))).toBe(
    false,
  );
  expect(isFlat("/else/flat.d.ts")).toBe(false);
  expect(isFlattened("@tensorflow/tfjs-core/dist/tensor")).toBe(true);
  expect(isFlattened("tensorflow")).toBe(false);
});
