/** Prescriptions tried on copies of real trainings. */
import { readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { fitted } from "../../../src/fitKept.js";
import { adam, data, doctor, models, sgd, fit as train } from "../../../src/index.js";
import { readRunRecord } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const circle = data.circle({ samples: 600, factor: 0.5, noise: 0.1, validation: 200, seed: 3 });

/** Gradients that vanish on their way through eight sigmoids. */
async function vanishing(dir: string) {
  const model = models.mlp({ inputShape: [2], hidden: Array(8).fill(16), classes: 2, activation: "sigmoid" });
  const run = await train(model, circle, {
    optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }),
    epochs: 30,
    batchSize: 32,
    seed: 5,
    progress: false,
    track: { name: "deep", dir, system: false },
  });
  return { model, run };
}

describe("run.fix", () => {
  it("trains copies with what is prescribed until no alarm is left, and leaves the run and its model", async () => {
    const dir = temporaryFolder();
    const { model, run } = await vanishing(dir);
    expect(run.doctor().top).toBeDefined();
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
    const said: string[] = [];
    const fix = await run.fix({ say: (line) => said.push(line) });
    expect(fix.improved).toBe(true);
    expect(fix.after.outcome!.value).toBeGreaterThan(fix.before.outcome!.value + 0.1);
    expect(fix.applied.length).toBeGreaterThan(0);
    expect(fix.changes.model.activation).not.toBe("sigmoid");
    expect(fix.attempts.length).toBeLessThanOrEqual(4);
    expect(said.filter((line) => /^\d of at most 4: /.test(line)).length).toBeGreaterThanOrEqual(
      fix.attempts.length,
    );
    // The training that was looked at stays as it is.
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights);
    expect(fix.before.dir).toBe(run.dir);
    for (const { dir: part } of fix.attempts) {
      const record = readRunRecord(part);
      expect(record).toMatchObject({ parent: run.id, seed: 5, config: { optimizer: "sgd" } });
    }
    expect(readdirSync(dir)).toHaveLength(1 + new Set(fix.attempts.map(({ dir: part }) => part)).size);
    expect(JSON.parse(JSON.stringify(fix))).toMatchObject({ improved: true, before: { dir: run.dir } });
    expect(String(fix)).toContain("what to write:");
  });

  it("leaves a run that has nothing to repair", async () => {
    const model = models.mlp({ inputShape: [2], hidden: [16, 16], classes: 2 });
    const run = await train(model, circle, {
      optimizer: adam({ learningRate: 3e-3 }),
      epochs: 60,
      batchSize: 32,
      progress: false,
      track: { name: "well", dir: temporaryFolder(), system: false },
    });
    expect(run.doctor().top).toBeUndefined();
    const fix = await run.fix();
    expect([fix.attempts.length, fix.improved, fix.headline]).toEqual([
      0,
      false,
      expect.stringContaining("nothing to repair"),
    ]);
  });

  it("refuses a training that cannot be repeated, and a number of attempts that is none", async () => {
    const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
    const run = await train(model, circle, { epochs: 1, progress: false, track: false });
    expect(() => run.fix()).toThrow(/needs a training that can be repeated; "mlp" was not recorded/);
    const { run: deep } = await vanishing(temporaryFolder());
    await expect(deep.fix({ attempts: 0 })).rejects.toThrow(
      "fix needs attempts to be a whole number from 1 to 20; it was given 0",
    );
  });
});

describe("doctor.fix", () => {
  it("finds a training of this process by its name", async () => {
    const dir = temporaryFolder();
    const { run } = await vanishing(dir);
    expect(fitted(run.id!)).toBe(run);
    const asked = vi.spyOn(run, "fix").mockResolvedValue({} as never);
    await doctor.fix("deep", { dir, attempts: 2 });
    expect(asked).toHaveBeenCalledWith({ attempts: 2 });
  });

  it("says what to do for one of another process", async () => {
    const dir = temporaryFolder();
    const { run } = await vanishing(dir);
    // Four others take its place.
    for (let i = 0; i < 4; i++) await vanishing(temporaryFolder());
    expect(() => doctor.fix("deep", { dir })).toThrow(
      `"deep" (${run.id}) is none: train it again first, or let \`tunelab doctor ${run.id} --fix\` do it`,
    );
  });
});
