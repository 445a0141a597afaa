/** What a training says of itself while it goes on. */
import { describe, expect, it } from "vitest";
import { data, models, sgd, fit as trainModel } from "../../../src/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { stage } from "./trainingScene.js";

const circle = data.circle({ samples: 600, factor: 0.5, noise: 0.1, validation: 200, seed: 3 });
const scene = stage();

/** Gradients that vanish on their way through twelve sigmoids, or flow through two ReLUs. */
function train(kind: "deep" | "sound", more: object = {}) {
  const options = { inputShape: [2], classes: 2, seed: 1 };
  const model =
    kind === "deep"
      ? models.mlp({ ...options, hidden: Array(12).fill(8), activation: "sigmoid" })
      : models.mlp({ ...options, hidden: [16, 16] });
  return trainModel(model, circle, {
    optimizer: sgd({ learningRate: kind === "deep" ? 0.01 : 0.05, momentum: 0.9 }),
    epochs: 24,
    batchSize: 32,
    seed: 5,
    track: { name: kind, dir: temporaryFolder(), system: false },
    ...more,
  });
}

const told = () =>
  scene.shown
    .at(-1)!
    .split("\n")
    .filter((line) => line.startsWith("doctor: "));

describe("while it trains", () => {
  it("says above the progress what fires, each problem once, and the same each time", async () => {
    const run = await train("deep");
    const lines = told();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^doctor: \w+( in \w+)?, from (step|epoch) \d+ — tunelab doctor deep for what to do$/,
      ),
    );
    expect(new Set(lines.map((line) => /\w+/.exec(line.slice(8))?.[0])).size).toBe(lines.length);
    // What it comes to in the end is among it, and the line of the result still stands last.
    expect(lines.join("\n")).toContain(run.doctor().top?.problem);
    expect(scene.shown.at(-1)).toMatch(/\ndeep: finished, 24 epochs/);
    await train("deep");
    expect(told()).toEqual(lines);
  });

  it("is silent of a sound training, and changes no number", async () => {
    const watched = await train("sound");
    expect(told()).toEqual([]);
    const alone = await train("sound", { progress: false, track: false });
    expect(watched.history).toEqual(alone.history);
  });

  it("says nothing where no progress is asked for, nothing is recorded, or a sweep trains", async () => {
    const asides: unknown[] = [];
    for (const more of [{ progress: false }, { track: false }]) {
      scene.shown = [];
      await train("deep", more);
      asides.push(...scene.shown.filter((text) => text.includes("doctor:")));
    }
    const trial = { number: 0, params: {}, report: () => {}, shouldPrune: () => false };
    await train("deep", { trial });
    expect([...asides, ...told()]).toEqual([]);
  });
});
