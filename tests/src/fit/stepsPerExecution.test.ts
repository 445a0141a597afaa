/** Steps that were to go into one call and cannot be captured together: told once, with the reason. */
import { expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { stage } from "./trainingScene.js";

vi.mock("../../../src/train/step/captureSteps.js", async () => {
  const { CaptureError } = await import("../../../src/native/capture/captureError.js");
  return {
    captureSteps: () => {
      throw new CaptureError("no loop holds this");
    },
  };
});

stage();

const x = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(i)]);
const data = arrays({ x, y: x.map(([value = 0]) => Number(value > 0)), classes: 2 });

async function saidBy(stepsPerExecution: number | "auto", layers: tf.layers.Layer[] = []): Promise<string[]> {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const head = tf.layers.dense({ units: 2, activation: "softmax" });
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] }), ...layers, head] });
  await fitModel(model, data, { epochs: 2, batchSize: 10, stepsPerExecution, track: false });
  const said = warn.mock.calls.map(([text]) => String(text));
  warn.mockRestore();
  return said;
}

it("tells once why a number has no effect, and nothing of auto", async () => {
  expect(await saidBy("auto")).toEqual([]);
  expect(await saidBy(4)).toEqual([
    expect.stringMatching(
      /^tunelab: stepsPerExecution: 4 has no effect: one step at a time is taken by what cannot be captured: no loop holds this/,
    ),
  ]);
  expect(await saidBy(4)).toEqual([]);
});

it("tells it of a layer that cannot be captured at all", async () => {
  class Reads extends tf.layers.Layer {
    static readonly className = "Reads";
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const [given] = [inputs].flat() as [tf.Tensor];
      given.dataSync();
      return tf.mul(given, 1);
    }
  }
  const eager = expect.stringContaining("run without a captured step");
  expect(await saidBy("auto", [new Reads({})])).toEqual([eager]);
  const said = await saidBy(5, [new Reads({})]);
  expect(said).toContainEqual(
    expect.stringMatching(
      /^tunelab: stepsPerExecution: 5 has no effect: one step at a time is taken by what cannot be captured: .*read/,
    ),
  );
});
