// Compiles src/ and kernel-ext/ into dist/ with TypeScript's native compiler, and src/board/web, which runs in a
// browser, into one program. The kernel's two processes become few files each: they start sooner so. Files appear in
// dist/ whole and only when they changed, and vanish with their source, so that programs that start meanwhile never
// read half a file.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const fresh = join(root, `dist-${process.pid}`);

/**
 * The files below a folder, relative to it.
 * @param {string} folder
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
}

/** @param {string} name */
function isSame(name) {
  const [before, after] = [join(dist, name), join(fresh, name)];
  return existsSync(before) && readFileSync(before).equals(readFileSync(after));
}

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", fresh], {
  cwd: root,
  stdio: "inherit",
});
await build({
  entryPoints: [join(root, "src", "board", "web", "main.ts")],
  outfile: join(fresh, "src", "board", "web", "program.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  logLevel: "error",
});
/** Packages with native code stay outside. */
const native = ["zeromq", "oxc-parser", "oxc-transform", "esbuild"];
const kernel = /** @type {const} */ ({
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifyWhitespace: true,
  // For packages in CommonJS; what calls it must find Node's own modules.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  allowOverwrite: true,
  logLevel: "error",
});
await build({
  ...kernel,
  entryPoints: [join(root, "kernel-ext", "front", "main.ts")],
  outdir: join(fresh, "kernel-ext", "front"),
  splitting: true,
  external: native,
});
await build({
  ...kernel,
  entryPoints: [join(root, "kernel-ext", "session", "main.ts")],
  outfile: join(fresh, "kernel-ext", "session", "main.js"),
  // One instance each in the process: cells and magics reach them too.
  external: [...native, "*/src/index.js", "./tslab/displaySink.js", "../magics/magics.js"],
});
try {
  const made = filesBelow(fresh);
  for (const name of made.filter((name) => !isSame(name))) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    renameSync(join(fresh, name), join(dist, name));
  }
  const kept = new Set(made);
  const stale = filesBelow(dist).filter((name) => /^(src|kernel-ext)\//.test(name) && !kept.has(name));
  if (made.length > 0) for (const name of stale) rmSync(join(dist, name), { force: true });
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
process.exit(status ?? 1);
