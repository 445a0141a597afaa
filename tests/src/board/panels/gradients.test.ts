import { describe, expect, it } from "vitest";
import type { Spec } from "../../../../src/board/inlineData.js";
import { gradients } from "../../../../src/board/panels/gradients.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

function viewOf(weights: readonly string[], values = [0.1, 0.2]): Spec {
  const scalars = Object.fromEntries(weights.map((name) => [`gradientMeanAbs/${name}`, series(values)]));
  return gradients(labelled([exampleRun("run", scalars)]), panelStyle)[0]?.cards[0] as Spec;
}

function subtitleOf(weights: readonly string[]): unknown {
  return (viewOf(weights).title as { subtitle?: unknown }).subtitle;
}

describe("the gradient flow", () => {
  it("says that it leaves out biases, which the norm of all gradients counts", () => {
    expect(subtitleOf(["a/kernel", "a/bias"])).toEqual([
      "of a layer with a kernel the kernel alone;",
      "train/gradientNorm counts biases and all other trained weights too",
    ]);
  });

  it("marks whole steps only", () => {
    const ticks = (values: number[]) => {
      const [map] = viewOf(["a/kernel"], values).hconcat as {
        layer: { encoding: { x: { axis: Spec } } }[];
      }[];
      return map?.layer[0]?.encoding.x.axis;
    };
    expect(ticks([1, 2, 3])).toMatchObject({ values: [0, 1, 2, 3] });
    expect(ticks(Array(40).fill(1))).toMatchObject({ tickCount: 6, tickMinStep: 1 });
  });

  it("says nothing where each weight has its line", () => {
    expect(subtitleOf(["a/kernel", "b/kernel"])).toBeUndefined();
    expect(subtitleOf(["norm/gamma", "norm/beta"])).toBeUndefined();
  });
});
