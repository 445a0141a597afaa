import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { readRun } from "../../src/track/index.js";
import { temporaryFolder } from "./track/temporaryFolder.js";

const index = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/index.js")).href;

/** Trains the same model to its epochs, in a process of its own; what it says on stderr. */
function train(dir: string, epochs: number, backend: "tensorflow" | "wasm"): string {
  const source = `
    const { fit, models, data } = await import(${JSON.stringify(index)});
    const x = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i)]);
    const set = data.arrays({ x, y: x.map(([a]) => (a > 0 ? 1 : 0)), name: "halves", seed: 1 });
    const model = models.mlp({ inputShape: [2], hidden: [3], classes: 2, seed: 1 });
    const resume = ${epochs} > 1 ? { resume: "moved" } : {};
    const track = { dir: ${JSON.stringify(dir)}, name: "moved" };
    await fit(model, set, { epochs: ${epochs}, batchSize: 8, seed: 1, progress: false, checkpoint: true, track, ...resume });`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    encoding: "utf8",
    env: { ...process.env, TUNELAB_BACKEND: backend },
  });
  expect(status, stderr).toBe(0);
  return stderr;
}

it("names in a run what computes, and says once where another goes on", { timeout: 180_000 }, () => {
  const dir = temporaryFolder();
  expect(train(dir, 1, "tensorflow")).toBe("");
  const [name = ""] = readdirSync(dir);
  const run = () => readRun(join(dir, name)).record;
  expect(run().environment).toMatchObject({ backend: "tensorflow", oneDNN: expect.any(Boolean) });
  const steps = readRun(join(dir, name)).scalars.get("train/loss")?.steps.length;
  const sentence = `run "moved" was computed by tensorflow until step ${steps} and goes on with wasm: its numbers differ from one backend's alone in the last digits`;
  expect(train(dir, 2, "wasm")).toBe(`tunelab: ${sentence}\n`);
  expect(run().environment).toMatchObject({
    backend: "wasm",
    earlierBackends: [{ backend: "tensorflow", untilStep: steps }],
  });
  expect(run().problems).toEqual([sentence]);
  expect(train(dir, 3, "wasm")).toBe("");
  expect(run().problems).toEqual([sentence]);
});
