import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { oneDnnIsOn } from "../../../src/native/oneDnn.js";

it.each([
  ["avx2 avx512f", false],
  ["avx2 avx512f avx512_vnni", true],
  ["avx2 avx_vnni", true],
  ["amx_int8", true],
  ["", false],
])("is on by default with instructions for neural networks: %j", (flags, on) => {
  expect(oneDnnIsOn("", flags.split(" "))).toBe(on);
});

it.each([
  ["0", false],
  ["False", false],
  ["1", true],
  ["TRUE", true],
])("is what TF_ENABLE_ONEDNN_OPTS=%s says", (setting, on) => {
  expect([[], ["avx_vnni"]].map((flags) => oneDnnIsOn(setting, flags))).toEqual([on, on]);
});

it("is the processor's where the setting is none", () => {
  expect([[], ["avx_vnni"]].map((flags) => oneDnnIsOn("perhaps", flags))).toEqual([false, true]);
});

const python = join(import.meta.dirname, "../../../.venv/bin/python");
/** Where the environment is not there, such as beside another library. */
const hasPython = existsSync(python) || process.env.CI !== undefined;

it.skipIf(!hasPython)("is what TensorFlow itself says here", () => {
  const asking = "from tensorflow.python.util import _pywrap_util_port as p; print(p.IsMklEnabled())";
  const { stdout, stderr } = spawnSync(python, ["-c", asking], { encoding: "utf8" });
  expect(stdout.trim(), stderr).toBe(oneDnnIsOn() ? "True" : "False");
});
