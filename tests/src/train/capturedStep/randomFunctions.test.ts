/** What a layer of the user's own draws by TensorFlow.js's random functions is no constant of a captured step. */
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { batchFor, glorot, stepOf } from "./exampleSteps.js";

type Draw = (x: tf.Tensor) => tf.Tensor;

class Drawing extends tf.layers.Layer {
  static className = "Drawing";
  readonly draw: Draw;
  constructor(draw: Draw) {
    super({ inputShape: [6] } as never);
    this.draw = draw;
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.draw((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor);
  }
}

const draws: Record<string, Draw> = {
  randomUniform: (x) => tf.add(x, tf.randomUniform(x.shape, -1, 1)),
  randomUniformInt: (x) => tf.add(x, tf.cast(tf.randomUniformInt(x.shape, 0, 100), "float32")),
  randomNormal: (x) => tf.add(x, tf.randomNormal(x.shape)),
  randomStandardNormal: (x) => tf.add(x, tf.randomStandardNormal(x.shape as [number, number])),
  truncatedNormal: (x) => tf.add(x, tf.truncatedNormal(x.shape)),
  randomGamma: (x) => tf.add(x, tf.randomGamma(x.shape as [number, number], 2)),
  multinomial: (x) => {
    const drawn = tf.multinomial(tf.zeros([x.shape[0] as number, 50]) as tf.Tensor2D, 6);
    return tf.add(x, tf.cast(drawn, "float32"));
  },
  dropout: (x) => tf.dropout(x, 0.5),
};

describe.each(Object.entries(draws))("%s in a layer", (_, draw) => {
  const model = () =>
    tf.sequential({
      layers: [new Drawing(draw), tf.layers.dense({ units: 3, kernelInitializer: glorot(1) })],
    });

  it.each([true, false])("draws others for another seed (captured: %s)", async (capture) => {
    const step = stepOf(model(), { capture });
    const at = async (seed: number) => (await step.run(batchFor("mlp"), { learningRate: 0, seed })).loss;
    const first = await at(1);
    expect(await at(2)).not.toBe(first);
    expect(await at(1)).toBe(first);
    if (capture) expect(step.eagerReasons).toEqual([]);
    expect(first).toBeCloseTo((await other(!capture)) as number, 5);
  });

  async function other(capture: boolean) {
    const step = stepOf(model(), { capture });
    return (await step.run(batchFor("mlp"), { learningRate: 0, seed: 1 })).loss;
  }
});
