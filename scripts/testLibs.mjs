// npm run test:libs: the native tests on every TensorFlow that the binding is written for, each wheel fetched once into
// .cache/libs (about 1 GB each, unpacked). `npm run test:libs -- 2.16 2.20` tries only these.
// A wheel that cannot be fetched, or that there is none of for this machine, is skipped, and said so.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "./setup/countTests.mjs";
import { freeMegabytes } from "./setup/disk.mjs";
import { findPython } from "./setup/findPython.mjs";
import { findUv } from "./setup/findUv.mjs";
import { runOrExplain } from "./setup/runOrExplain.mjs";
import { setup } from "./setup/setup.mjs";
import { SetupError } from "./setup/setupError.mjs";
import { hashOf, isCurrent, writeStamp } from "./setup/stamp.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const locks = join(root, "locks", "libs");
const log = join(root, ".cache", "setup", "libs.log");
/** Megabytes that a wheel needs while it is unpacked. */
const roomNeeded = 2500;
const native = "tests/src/native";
const tests = [
  ...["binding", "info", "random", "resourceVariable", "savedModels", "loadSavedModel", "saveSavedModel"].map(
    (name) => `${name}.test.ts`,
  ),
  ...["export", "kernels", "gradients", "capture/captureGraph.test.ts", "capture/capturedFunction.test.ts"],
].map((name) => join(native, name));

/**
 * The folder of that TensorFlow, fetched if need be; undefined if it cannot be.
 * @param {string} minor such as "2.16"
 */
async function fetchLibrary(minor) {
  const folder = join(root, ".cache", "libs", minor);
  const lock = join(locks, `${minor}.txt`);
  const stamp = join(folder, ".stamp");
  const inputs = hashOf([{ file: lock }]);
  if (isCurrent(stamp, inputs)) return folder;
  const free = freeMegabytes(root);
  if (free < roomNeeded)
    throw new SetupError(`TensorFlow ${minor} needs ${roomNeeded} MB of disk, but ${free} MB are free.`);
  rmSync(folder, { recursive: true, force: true });
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const [command, ...first] = await installer();
  const locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"];
  const target = ["--python-version", "3.11", "--target", part, "-r", lock];
  spawnSync(command, [...first, ...locked, ...target], { stdio: "ignore" });
  if (!existsSync(join(part, "tensorflow"))) {
    rmSync(part, { recursive: true, force: true });
    return undefined;
  }
  renameSync(part, folder);
  writeStamp(stamp, inputs);
  return folder;
}

/** pip's install, or uv's where this Python has no pip. @returns {Promise<[string, ...string[]]>} */
async function installer() {
  const python = findPython();
  const hasPip = spawnSync(python.executable, ["-m", "pip", "--version"]).status === 0;
  if (hasPip) return [python.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  return [await findUv({ root, python, log }), "pip", "install"];
}

/**
 * What vitest said of the native tests on that library; the empty text when all passed.
 * @param {string} folder
 * @param {string} minor
 */
function testWith(folder, minor) {
  const env = {
    ...process.env,
    TUNELAB_LIBTENSORFLOW: folder,
    TUNELAB_EXPECT_TENSORFLOW: minor,
    NO_COLOR: "1",
  };
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "unit", "--reporter", "dot", "--testTimeout", "120000", ...tests];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    timeout: 900_000,
    env,
    maxBuffer: 2 ** 28,
  });
  const counted = /^\s*Tests\s+(.*)$/m.exec(stdout)?.[1] ?? "no tests were counted";
  return { wrong: status === 0 ? "" : `${stdout}${stderr}`.trim() || `ended with ${status}`, counted };
}

await runOrExplain(async () => {
  await setup({ root });
  const all = readdirSync(locks).flatMap((name) =>
    name.endsWith(".txt") ? [name.slice(0, -".txt".length)] : [],
  );
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !all.includes(name));
  if (unknown)
    throw new SetupError(`There is no TensorFlow ${unknown} in locks/libs, but ${all.join(", ")}.`);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const minor of asked.length > 0 ? asked : all) {
    const folder = await fetchLibrary(minor);
    if (!folder) {
      count.skipped++;
      console.log(`SKIPPED  TensorFlow ${minor}: its wheel could not be fetched for this machine`);
      continue;
    }
    const { wrong, counted } = testWith(folder, minor);
    if (wrong) count.failed++;
    else count.passed++;
    console.log(`${wrong ? "FAILED " : "ok     "}  TensorFlow ${minor}: ${counted}`);
    if (wrong) console.log(wrong.replace(/^/gm, "         "));
  }
  console.log(closingLine([count]));
  if (count.failed > 0) process.exitCode = 1;
});
