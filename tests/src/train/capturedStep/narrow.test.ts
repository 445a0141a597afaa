import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { type Narrow, narrowLacks } from "../../../../src/native/narrowSupport.js";
import { sgd } from "../../../../src/optim/index.js";
import type { Precision } from "../../../../src/train/precision.js";
import { stepFunctionCount } from "../../../../src/train/step/stepFunctions.js";
import { hashedValues as values } from "../hashedValues.js";
import { stepOf, weightsOf } from "./exampleSteps.js";

/** Made by tests/oracles/train/torch_narrow.py: float64's gradients, and how far autocast is from them. */
const fixture = JSON.parse(
  readFileSync(new URL("../../../oracles/train/torch_narrow.json", import.meta.url), "utf8"),
) as {
  step: number;
  scale: number;
  nets: Record<Narrow, Net>;
};

interface Net {
  readonly activation: "relu" | "tanh";
  readonly loss: number;
  readonly autocast: number;
  readonly gradients: Record<string, number[]>;
}

function netOf(activation: Net["activation"]): tf.LayersModel {
  const { conv2d, dense, flatten } = tf.layers;
  const convolution = { filters: 32, kernelSize: 3, padding: "same", activation } as const;
  const model = tf.sequential({
    layers: [
      conv2d({ ...convolution, inputShape: [8, 8, 16] }),
      conv2d(convolution),
      flatten(),
      dense({ units: 128, activation }),
      dense({ units: 10, activation: "softmax" }),
    ],
  });
  const scales = [0.2, 0.125, 0.14, 0.125, 0.054, 0.125, 0.2, 0.125];
  model.setWeights(model.getWeights().map(({ shape }, i) => values(shape, i + 1, scales[i] as number)));
  return model;
}

const batch = () => ({
  x: values([64, 8, 8, 16], 9, 1),
  y: tf.tensor1d(
    Array.from({ length: 64 }, (_, i) => (i * 7) % 10),
    "int32",
  ),
});

/** So large a rate that what the update leaves of a weight is its gradient. */
const learningRate = 2 ** 20;

async function stepped({ activation }: Net, precision: Precision, capture = true) {
  const model = netOf(activation);
  const before = weightsOf(model);
  const step = stepOf(model, { optimizer: sgd({ learningRate }), precision, capture });
  const { loss: validated } = await step.evaluate(batch());
  const lossScale = precision === "float16" ? fixture.scale : 1;
  const { loss } = await step.run(batch(), { learningRate, seed: 0, lossScale });
  step.dispose();
  const gradients = weightsOf(model).map((after, k) =>
    after.map((value, i) => ((before[k]?.[i] as number) - value) / learningRate),
  );
  return { loss, validated, gradients };
}

/** Relative L2 distance of the whole gradient from float64's. */
function distance(net: Net, gradients: readonly (readonly number[])[]): number {
  let [apart, whole] = [0, 0];
  for (const [k, kept] of Object.values(net.gradients).entries())
    for (const [i, value] of kept.entries()) {
      apart += ((gradients[k]?.[i * fixture.step] as number) - value) ** 2;
      whole += value ** 2;
    }
  return Math.sqrt(apart / whole);
}

const bits = { bfloat16: 8, float16: 11 } as const;

describe.each(["bfloat16", "float16"] as const)("a step in %s", (type) => {
  const lacks = type === "bfloat16" ? narrowLacks(type) : undefined;
  const net = fixture.nets[type];
  const { autocast } = net;

  describe.skipIf(lacks)(lacks ? `which needs ${lacks}` : "here", () => {
    it("has gradients as near float64's as PyTorch's autocast, and is not float32", async () => {
      const { loss, gradients } = await stepped(net, type);
      expect(distance(net, gradients)).toBeLessThan(1.2 * autocast);
      expect(distance(net, gradients)).toBeGreaterThan(0.1 * autocast);
      expect(Math.abs(loss - net.loss)).toBeLessThan(2 ** -bits[type] * net.loss);
      expect(distance(net, (await stepped(net, "float32")).gradients)).toBeLessThan(1e-5);
    });

    it("repeats to the last bit", async () => {
      expect(await stepped(net, type)).toEqual(await stepped(net, type));
    });

    it("validates in float32, and is float32 throughout where it is not captured", async () => {
      const [narrow, wide] = [await stepped(net, type), await stepped(net, "float32")];
      expect(narrow.validated).toBe(wide.validated);
      expect(narrow.loss).not.toBe(wide.loss);
      expect(distance(net, (await stepped(net, type, false)).gradients)).toBeLessThan(1e-5);
    });

    it("shares no capture with float32", async () => {
      await stepped(net, "float32");
      await stepped(net, type);
      const count = stepFunctionCount();
      const narrow = await stepped(net, type);
      const wide = await stepped(net, "float32");
      expect(stepFunctionCount()).toBe(count);
      expect(distance(net, wide.gradients)).toBeLessThan(1e-5);
      expect(distance(net, narrow.gradients)).toBeGreaterThan(0.1 * autocast);
    });
  });
});
