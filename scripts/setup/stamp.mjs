// A step's stamp: a hash of its inputs, kept inside the folder the step made, so that removing the folder removes it.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A hash over texts, and over the content of files given as `{ file }` or their size and time as `{ stat }`.
 * @param {(string | { file: string } | { stat: string })[]} inputs
 */
export function hashOf(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) {
    if (typeof input === "string") hash.update(input);
    else if ("file" in input) hash.update(readFileSync(input.file));
    else hash.update(describe(input.stat));
    hash.update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} path */
function describe(path) {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

/**
 * @param {string} file
 * @param {string} hash
 */
export function isCurrent(file, hash) {
  try {
    return readFileSync(file, "utf8") === hash;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} hash
 */
export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}
