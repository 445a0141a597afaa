/** TensorFlow.js's spec files as one file that Node can run, made once for each version of what it is made of. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

export const root = resolve(import.meta.dirname, "../../../..");
const require = createRequire(import.meta.url);
const core = dirname(require.resolve("@tensorflow/tfjs-core/package.json"));
const node = dirname(require.resolve("@tensorflow/tfjs-node-gpu/package.json"));
/** Needs the package `canvas`, which has to be compiled. */
const leftOut = "canvas_test.js";

/** @returns The path of a CommonJS file that runs the specs when it is loaded. */
export async function suiteBundle(): Promise<string> {
  const file = join(root, ".cache", "tfjsSuite", `${inputsHash()}.cjs`);
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  // Another process may be making the same file at this moment: what belongs to it stays.
  for (const name of readdirSync(dirname(file)))
    if (!name.startsWith(basename(file))) rmSync(join(dirname(file), name), { force: true });
  const part = `${file}.${process.pid}`;
  await build({
    entryPoints: [join(import.meta.dirname, "child.ts")],
    outfile: part,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    // tfjs-core says that its files have no side effects, and a spec file has no other.
    ignoreAnnotations: true,
    legalComments: "none",
    logLevel: "error",
    plugins: [oneLibrary],
  });
  renameSync(part, file);
  return file;
}

/**
 * Specs of tfjs-core are bundled with the files that they name. What is the same in every copy (engine, kernels,
 * gradients, the class of tensors) TensorFlow.js keeps in globals; the rest of the library stays outside, as we use it.
 */
const oneLibrary: Plugin = {
  name: "one library",
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^(@tensorflow\/tfjs|jasmine-core.*|rimraf|node-fetch|@mapbox\/node-pre-gyp)$/ },
      (args) => ({
        path: args.path,
        external: true,
      }),
    );
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const target = resolve(resolveDir, path);
      if (!target.startsWith(join(node, "dist")) && target !== join(node, "package.json")) return undefined;
      if (target.endsWith("_test")) return undefined;
      return { path: `@tensorflow/tfjs-node-gpu/${relative(node, target)}`, external: true };
    });
    onResolve({ filter: /^(tfjs-node-specs|tmp)$/ }, ({ path }) => ({ path, namespace: "made" }));
    onLoad({ filter: /^tfjs-node-specs$/, namespace: "made" }, () => ({
      contents: nodeSpecs()
        .map((file) => `require(${JSON.stringify(file)});`)
        .join("\n"),
      resolveDir: node,
    }));
    onLoad({ filter: /^tmp$/, namespace: "made" }, () => ({ contents: temporaryFolders, resolveDir: node }));
  },
};

/** The two functions of the package `tmp` that a spec calls. */
const temporaryFolders = `
  const { mkdtempSync } = require("node:fs");
  exports.dirSync = () => ({ name: mkdtempSync("tmp-"), removeCallback() {} });
`;

function nodeSpecs(): string[] {
  const names = readdirSync(join(node, "dist"), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith("_test.js") && basename(name) !== leftOut)
    .sort()
    .map((name) => join(node, "dist", name));
}

/** Of this folder's programs and of the packages' versions. */
function inputsHash(): string {
  const hash = createHash("sha256");
  for (const name of ["bundle.ts", "child.ts"]) hash.update(readFileSync(join(import.meta.dirname, name)));
  for (const folder of [core, node, dirname(require.resolve("esbuild/package.json"))])
    hash.update(readFileSync(join(folder, "package.json")));
  return hash.digest("hex").slice(0, 16);
}
