// Compiles src/ and kernel-ext/ into dist/ with TypeScript's native compiler, and src/board/web, which runs in a
// browser, into one program, and the kernel and TensorFlow.js's declarations into few files. Files appear in dist/ whole and only when they changed, and
// vanish with their source, so that programs that start meanwhile never read half a file.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleKernel, isBundlePart } from "./bundleKernel.mjs";
import { tensorflowVersions, writeTensorflowTypes } from "./flatten/tensorflowTypes.mjs";
import { hashOf, isCurrent, writeStamp } from "./setup/stamp.mjs";

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

/**
 * Parts of a bundle go one build later than their entry: a kernel that is starting may still ask for them.
 * @param {string} name
 */
function hasOutlived(name) {
  const file = join(dist, name);
  if (!isBundlePart(name) || statSync(file).mtimeMs === 0) return true;
  utimesSync(file, 0, 0);
  return false;
}

/**
 * Where a file's turn comes when all are put in their place: parts of bundles before the entries that name them, and the
 * declarations, with their stamp behind them, before a kernel that takes them.
 * @param {string} name
 */
function place(name) {
  if (name === typesStamp) return 1;
  return isBundlePart(name) || name.startsWith(`types${sep}`) ? 0 : 2;
}

const modules = join(root, "node_modules");
const typesStamp = join("types", "stamp");
const flatten = fileURLToPath(new URL("flatten", import.meta.url));
const typesHash = hashOf([
  tensorflowVersions(modules),
  ...readdirSync(flatten).map((name) => ({ file: join(flatten, name) })),
]);

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", fresh], {
  cwd: root,
  stdio: "inherit",
});
await build({
  entryPoints: [join(root, "src", "board", "web", "main.tsx")],
  outfile: join(fresh, "src", "board", "web", "program.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "ascii",
  legalComments: "none",
  logLevel: "error",
});
await bundleKernel(fresh);
if (!isCurrent(join(dist, typesStamp), typesHash)) {
  writeTensorflowTypes(modules, join(fresh, "types", "node_modules"));
  writeStamp(join(fresh, typesStamp), typesHash);
}
try {
  const made = filesBelow(fresh);
  made.sort((a, b) => place(a) - place(b));
  for (const name of made.filter((name) => !isSame(name))) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    renameSync(join(fresh, name), join(dist, name));
  }
  const kept = new Set(made);
  const folders = made.includes(typesStamp) ? /^(src|kernel-ext|types)\// : /^(src|kernel-ext)\//;
  const stale = filesBelow(dist).filter((name) => folders.test(name) && !kept.has(name));
  if (made.length > 0)
    for (const name of stale.filter(hasOutlived)) rmSync(join(dist, name), { force: true });
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
process.exit(status ?? 1);
