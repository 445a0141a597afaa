import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

it("has modules that nothing else reaches fit the rest, and finds what is in the package alone", async () => {
  const cell = `
    import { absConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Abs";
    import { EinsumDense } from "@tensorflow/tfjs-layers/dist/layers/nlp/einsum_dense";
    import { version } from "@tensorflow/tfjs-core/package.json";
    tf.sequential().add(new EinsumDense({ equation: "ab,bc->ac", outputShape: 3 }));
    const text: string = version;
    absConfig.kernelNam;`;
  const { diagnostics } = await flat.check(5, cell);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(/did you mean 'kernelName'/i),
  ]);
});

it("takes what a cell declares more for a module, deep in a package too", async () => {
  const language = await open(emptyFolder());
  const cell = `
    declare module "@tensorflow/tfjs-core/dist/tensor" { interface Tensor { myOp(): string } }
    declare module "@tensorflow/tfjs-core" { interface Platform { nameOfMine: string } }
    const mine: string = tensor.myOp();
    const name: number = tf.env().platform.nameOfMine;`;
  expect((await language.check(2, cell)).diagnostics.map(({ message }) => message)).toEqual([
    "Type 'string' is not assignable to type 'number'.",
  ]);
});

it("takes what the project's declarations add, also once they change", async () => {
  const folder = emptyFolder();
  const added = (name: string) =>
    `declare module "@tensorflow/tfjs-core/dist/tensor" { interface Tensor { ${name}(): string } }\nexport {};`;
  writeFileSync(join(folder, "tsconfig.json"), "{}");
  writeFileSync(join(folder, "more.d.ts"), added("before"));
  const language = await open(folder);
  const before = await language.check(2, "tensor.before();");
  expect(before.diagnostics).toEqual([]);
  writeFileSync(join(folder, "more.d.ts"), `${added("later")} // changed`);
  language.syntax();
  expect((await language.check(3, "tensor.later();")).diagnostics).toEqual([]);
});

it("keeps the types of earlier cells when a copy of one package comes into the folder", async () => {
  const folder = emptyFolder();
  const language = await open(folder);
  mkdirSync(join(folder, "node_modules", "@tensorflow"), { recursive: true });
  symlinkSync(join(packages, "tfjs-data"), join(folder, "node_modules", "@tensorflow", "tfjs-data"));
  const cell = 'import * as data from "@tensorflow/tfjs-data"; const text: string = tensor; data.csv("x");';
  const { diagnostics } = await language.check(2, cell);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Type 'Tensor<Rank>' is not assignable to type 'string'/),
  ]);
});

it("follows a tsconfig.json that comes to say where the packages lie", async () => {
  const folder = emptyFolder();
  const language = await open(folder);
  expect(await isFlatAt(language)).toBe(true);
  const paths = { "@tensorflow/*": [`${packages}/*`] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { paths } }));
  language.syntax();
  expect(await isFlatAt(language)).toBe(false);
  expect((await language.check(3, "const text: string = tensor;")).diagnostics).toHaveLength(1);
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
