// How far a captured step's gradients are from PyTorch's in float64, with PyTorch's own float32 beside them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Relative L2 distances of the whole gradient: `whole` ours, `wholeFloat32` PyTorch's; `worst` and `weight`: of the
 * weight where it is greatest.
 */
export function agreement(python, model) {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-gradients-"));
  try {
    const stdio = ["ignore", "pipe", "ignore"];
    execFileSync(process.execPath, [file("gradients.mjs"), model, folder], { stdio });
    return JSON.parse(execFileSync(python, [file("reference.py"), folder], { stdio, encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Below this a gradient counts as right: float32's rounding through the deepest of the nets, and where a net's own
 * kinks (ReLU behind a normalisation) make more of it, some times what PyTorch's float32 has.
 */
export function agrees({ whole, wholeFloat32 }) {
  return whole <= Math.max(2e-5, 15 * wholeFloat32) && whole < 0.02;
}
