// Proves that TensorFlow's library of the environment loads and computes, in a process of its own: native code can crash.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installPython, removePython } from "./pythonPackages.mjs";
import { runLogged } from "./runLogged.mjs";
import { SetupError } from "./setupError.mjs";
import { hashOf, isCurrent, writeStamp } from "./stamp.mjs";

/** @param {string} venv */
const stampOf = (venv) => join(venv, ".tunelab-native");

/**
 * The shared libraries of the wheel.
 * @param {string} venv
 */
function librariesOf(venv) {
  const lib = join(venv, "lib");
  const folders = existsSync(lib)
    ? readdirSync(lib).map((name) => join(lib, name, "site-packages", "tensorflow"))
    : [];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /libtensorflow_(cc|framework)\.[^/]*$/.test(path))
    .sort();
}

/** @param {string} venv */
export function nativeIsCurrent(venv) {
  const libraries = librariesOf(venv);
  return libraries.length > 0 && isCurrent(stampOf(venv), hashOf(libraries.map((stat) => ({ stat }))));
}

/**
 * Loads the library and computes a product. If that fails, unpacks the wheel anew and tries once more.
 * @param {{ root: string, venv: string, lock: string, log: string, step: import("./progress.mjs").Step, fetch: number }} options
 * @returns {Promise<string>} what answered, such as "TensorFlow 2.21.0, CPU"
 */
export async function proveNative({ root, venv, lock, log, step, fetch }) {
  let answer = await tryNative(root, log);
  if (answer.code !== 0) {
    step.tell("does not load, unpacking the wheel anew");
    await removePython({ root, venv, names: ["tensorflow", "tensorflow-cpu"], log });
    await installPython({ root, venv, lock, log, step, fetch });
    answer = await tryNative(root, log);
  }
  if (answer.code !== 0) throw new SetupError(`TensorFlow's library does not load: ${reason(answer)}`, log);
  writeStamp(stampOf(venv), hashOf(librariesOf(venv).map((stat) => ({ stat }))));
  return answer.tail.split("\n").at(-1) ?? "";
}

/**
 * @param {string} root
 * @param {string} log
 */
function tryNative(root, log) {
  // It is the library that is tried: nothing else may compute in its place.
  const env = { ...process.env, TUNELAB_BACKEND: "tensorflow" };
  return runLogged(process.execPath, [join(root, "scripts", "setup", "tryNative.mjs")], {
    cwd: root,
    log,
    env,
  });
}

/** @param {{ code: number, signal: string | null, tail: string }} answer */
function reason({ signal, tail }) {
  if (signal === "SIGILL") return "this processor lacks an instruction it needs (AVX on x64).";
  if (signal) return `the process was ended by ${signal}.`;
  const line =
    tail
      .split("\n")
      .reverse()
      .find((text) => /Error|cannot|invalid|undefined symbol/.test(text)) ?? tail.split("\n").at(-1);
  return `${(line ?? "").trim().replace(/^\w*Error: /, "")}`;
}
