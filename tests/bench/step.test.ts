import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const bench = fileURLToPath(new URL("../../bench/step.mjs", import.meta.url));
const models = ["mlp", "cnn", "vit"];

it("trains models captured, and ends with a result that programs read", {
  timeout: 600_000,
}, async () => {
  const options = ["--short", "--peers", "ours,ours16", "--models", models.join(",")];
  const { stdout } = await run(process.execPath, [bench, ...options], {
    maxBuffer: 2 ** 24,
    timeout: 590_000,
  });
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  expect(last).toMatch(/^RESULT /);
  const { bench: name, ours, severalSteps, bounds } = JSON.parse(last.slice("RESULT ".length));
  expect(name).toBe("step");
  for (const model of models) {
    expect(ours[model], model).toBeGreaterThan(0);
    expect(severalSteps.ours[model], model).toBeGreaterThan(0);
  }
  // The first layer has no gradient of its input; a product of m×k with k×n multiplies and adds m·k·n times.
  expect(bounds.steps.mlp.flops).toBe(2 * 64 * (2 * 784 * 256 + 3 * 256 * 10));
  expect(bounds.steps.mlp.stateBytes).toBe(32 * (785 * 256 + 257 * 10));
});

it("names the models there are when it is asked for another one", async () => {
  const wrong = run(process.execPath, [bench, "--models", "resnet50"]);
  await expect(wrong).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("resnet18") });
});
