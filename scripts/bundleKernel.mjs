// The kernel's processes as few files each: they start a tenth of a second sooner so.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const sources = fileURLToPath(new URL("../kernel-ext", import.meta.url));
/** Packages with native code stay outside. */
const native = ["zeromq", "oxc-parser", "oxc-transform", "esbuild"];

/**
 * Imports zeromq by `require`: Node looks through CommonJS that is imported for the names it exports, which takes longer
 * than running it.
 * @type {import("esbuild").Plugin}
 */
const required = {
  name: "required",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zeromq$/ }, ({ kind, path }) =>
      kind === "import-statement" ? { path, namespace: "required" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      resolveDir: sources,
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifyWhitespace: true,
  // For packages in CommonJS, which call it.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  allowOverwrite: true,
  logLevel: "error",
  plugins: [required],
  external: native,
};

/**
 * Writes the bundles over the entries that TypeScript compiled.
 * @param {string} dist
 */
export async function bundleKernel(dist) {
  await Promise.all([
    build({
      ...common,
      entryPoints: [join(sources, "front", "main.ts")],
      outdir: join(dist, "kernel-ext", "front"),
      splitting: true,
    }),
    build({
      ...common,
      entryPoints: [join(sources, "front", "probe.ts")],
      outfile: join(dist, "kernel-ext", "front", "probe.js"),
    }),
    build({
      ...common,
      entryPoints: [join(sources, "wire", "heartbeatThread.ts")],
      outfile: join(dist, "kernel-ext", "wire", "heartbeatThread.js"),
    }),
    build({
      ...common,
      entryPoints: [join(sources, "session", "main.ts")],
      outfile: join(dist, "kernel-ext", "session", "main.js"),
      // One instance each in the process: cells and magics reach them too.
      external: [...native, "*/src/index.js", "./tslab/displaySink.js", "../magics/magics.js"],
    }),
  ]);
}

/** @param {string} name A part of a bundle, named by what it holds; its entry names it. */
export function isBundlePart(name) {
  return /^kernel-ext\/.*-[A-Z0-9]{8}\.js$/.test(name);
}
