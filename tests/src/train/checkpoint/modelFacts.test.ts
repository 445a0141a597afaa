import { expect, test } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { difference } from "../../../../src/train/checkpoint/difference.js";
import { modelFacts } from "../../../../src/train/checkpoint/modelFacts.js";

class Scale extends tf.layers.Layer {
  static readonly className = "Scale";
  constructor(readonly by: number) {
    super({});
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, this.by);
  }
}

interface Choices {
  readonly by?: number;
  readonly rate?: number;
  readonly alpha?: number;
  readonly twice?: boolean;
  readonly seed?: number;
  readonly trainable?: boolean;
}

/** A model in a model, layers that meet, a class of one's own. */
function build({ by = 1, rate = 0.5, alpha = 0.1, twice = false, seed = 1, trainable = true }: Choices) {
  const input = tf.input({ shape: [4] });
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const left = tf.layers.dense({ units: 3, kernelInitializer, trainable }).apply(input);
  const right = tf.layers.dense({ units: 3 }).apply(input);
  const inner = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3] }), tf.layers.dropout({ rate })],
  });
  const met = tf.layers.add().apply([left, twice ? left : right] as tf.SymbolicTensor[]);
  const noisy = tf.layers.alphaDropout({ rate: alpha }).apply(met);
  const output = new Scale(by).apply(inner.apply(noisy)) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: twice ? [output, right as tf.SymbolicTensor] : output });
}

test("are equal for a model that is built again, and differ in what it computes", () => {
  const facts = modelFacts(build({}));
  const pathOf = (choices: Choices) => difference(facts, modelFacts(build(choices)), "model")?.path;
  expect(JSON.stringify(facts)).not.toMatch(/dense_|dropout_|scale_/i);
  expect(pathOf({})).toBeUndefined();
  expect(pathOf({ seed: 2 })).toBeUndefined();
  expect(pathOf({ by: 2 })).toMatch(/^model\.ownClasses\[\d\]\.by$/);
  expect(pathOf({ alpha: 0.2 })).toMatch(/\.rate$/);
  expect(pathOf({ rate: 0.6 })).toMatch(/^model\.layers\[\d\]\.config\.layers\[1\]\.config\.rate$/);
  expect(pathOf({ trainable: false })).toMatch(/\.trainable$/);
  expect(pathOf({ twice: true })).toBeDefined();
});
