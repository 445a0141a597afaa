import { describe, expect, it } from "vitest";
import { gradients } from "../../../../src/board/panels/gradients.js";
import { notebookSize } from "../../../../src/board/section.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series } from "../exampleRuns.js";

const style = {
  ...notebookSize,
  smoothing: 0,
  x: "step",
  y: "auto",
  points: 10,
  histogramSteps: 10,
  interactive: true,
} as const;

function subtitleOf(weights: readonly string[]): unknown {
  const scalars = Object.fromEntries(weights.map((name) => [`gradientMeanAbs/${name}`, series([0.1, 0.2])]));
  const [section] = gradients(labelled([exampleRun("run", scalars)]), style);
  return (section?.cards[0]?.title as { subtitle?: unknown } | undefined)?.subtitle;
}

describe("the gradient flow", () => {
  it("says that it leaves out biases, which the norm of all gradients counts", () => {
    expect(subtitleOf(["a/kernel", "a/bias"])).toBe(
      "of a layer with a kernel the kernel alone; train/gradientNorm counts biases and all other trained weights too",
    );
  });

  it("says nothing where each weight has its line", () => {
    expect(subtitleOf(["a/kernel", "b/kernel"])).toBeUndefined();
    expect(subtitleOf(["norm/gamma", "norm/beta"])).toBeUndefined();
  });
});
