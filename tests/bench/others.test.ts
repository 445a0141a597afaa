import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { devices } from "../../src/index.js";

const run = promisify(execFile);
const bench = (name: string) => fileURLToPath(new URL(`../../bench/${name}.mjs`, import.meta.url));

async function result(name: string, ...options: string[]) {
  const peers = options.includes("--peers") ? [] : ["--peers", "ours"];
  const parameters = [bench(name), "--short", ...peers, ...options];
  const { stdout } = await run(process.execPath, parameters, { timeout: 230_000 });
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  expect(last).toMatch(/^RESULT /);
  return JSON.parse(last.slice("RESULT ".length));
}

it("bench fit trains an epoch of MNIST", { timeout: 240_000 }, async () => {
  const { ours } = await result("fit");
  expect(ours.mnistEpoch).toBeGreaterThan(0);
});

it("bench gpu trains on a GPU, or says aloud that none answers", { timeout: 240_000 }, async () => {
  const { bench: name, skipped, ours } = await result("gpu", "--models", "mlp");
  expect(name).toBe("gpu");
  if (devices().some((device) => device.startsWith("GPU"))) expect(ours.mlp).toBeGreaterThan(0);
  else expect(skipped).toBe("no GPU answers");
});

it("bench memory measures a process that trains", { timeout: 240_000 }, async () => {
  const peers = "ours,oursRematerialised";
  const { ours, oursRematerialised } = await result("memory", "--models", "mlp", "--peers", peers);
  // TensorFlow's library alone takes more than 100 MB, a small model's step not 2 GB.
  for (const { mlp } of [ours, oursRematerialised]) {
    expect(mlp).toBeGreaterThan(100e6);
    expect(mlp).toBeLessThan(2e9);
  }
});

it("bench batch measures each size of a batch, and what its capture cost", { timeout: 240_000 }, async () => {
  const { ours, firstStep } = await result("batch");
  for (const model of ["mlp", "cnn"])
    for (const size of [16, 64]) {
      expect(ours[model][size], `${model} ${size}`).toBeGreaterThan(0);
      expect(firstStep[model][size], `${model} ${size}`).toBeGreaterThan(0);
    }
});

it("bench capture tells what a rewrite gives", { timeout: 240_000 }, async () => {
  const { rewrites } = await result(
    "capture",
    "--parts",
    "rewrites",
    "--rewrites",
    "updates,missingGradients",
  );
  const { updates, missingGradients } = rewrites;
  expect(updates.model).toBe("mlp");
  expect(updates.ops.on).toBeLessThan(updates.ops.off);
  expect(updates.ratio).toBeCloseTo(updates.ms.on / updates.ms.off, 9);
  // Without it that model cannot be trained.
  expect(missingGradients.ops).toEqual({ on: expect.any(Number) });
});

it("bench tracker writes, reads what it wrote, and loses no point of many processes", {
  timeout: 240_000,
}, async () => {
  const { ours } = await result("tracker", "--parts", "write,read,processes");
  for (const key of ["write", "write4", "read", "refresh", "bytesPerPoint", "processes"])
    expect(ours[key], key).toBeGreaterThan(0);
  expect(ours.processesLost).toBe(0);
});

it("bench doctor trains runs of the benchmark on points, judges them, bounds its false alarms, and repairs", {
  timeout: 600_000,
}, async () => {
  const { ours } = await result(
    "doctor",
    "--sets",
    "benchmark,healthy,repair",
    "--only",
    "H4,VG4,EG3,LL3",
    "--healthy",
    "2",
  );
  for (const key of ["recall", "diagnosis", "macroF1", "falseAlarms", "layerHit", "repair"]) {
    expect(ours[key], key).toBeGreaterThanOrEqual(0);
    expect(ours[key], key).toBeLessThanOrEqual(1);
  }
  expect(ours.healthyRuns).toBe(2);
});
