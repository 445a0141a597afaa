// How far a captured step's gradients are from PyTorch's in float64, with PyTorch's own of less precision beside them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Relative L2 distances of the whole gradient: `whole` ours, `wholePeer` PyTorch's in that precision; `worst` and
 * `weight`: of the weight where it is greatest.
 */
export function agreement(python, model, precision = "float32") {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-gradients-"));
  try {
    const stdio = ["ignore", "pipe", "inherit"];
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" };
    execFileSync(process.execPath, [file("gradients.mjs"), model, folder, precision], { stdio, env });
    return JSON.parse(execFileSync(python, [file("reference.py"), folder], { stdio, encoding: "utf8" }));
  } catch (error) {
    return { failed: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Below this a gradient counts as right. 2e-5 is float32's rounding through the deepest of the nets. Where a net has
 * kinks behind normalisations, as ResNet's ReLUs, rounding decides on which side of one a value falls, so that
 * PyTorch's own float32 is up to 2e-3 away: there ours may be some times as far.
 */
export function agrees({ whole, wholePeer, failed }) {
  if (failed !== undefined) return false;
  return whole <= Math.max(2e-5, Math.min(15 * wholePeer, 0.02));
}

/** In bfloat16: no further than PyTorch's autocast, but for what chance makes of two roundings. */
export function agreesInBfloat16({ whole, wholePeer, failed }) {
  return failed === undefined && whole <= Math.max(2 ** -8, 1.25 * wholePeer);
}
