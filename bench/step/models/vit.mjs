/**
 * A vision transformer (Dosovitskiy et al. 2021): 32 × 32 pixels in patches of 4, 64 tokens, 4 blocks of 4 heads, 128
 * wide, MLP of 512, normalised before each part, mean of the tokens at the end.
 */
export const inputShape = [32, 32, 3];
export const batchSize = 32;

const width = 128;
const heads = 4;
const tokens = 64;

export function build(tf) {
  const { layers } = tf;
  const own = ownLayers(tf);
  const normalised = (x) => layers.layerNormalization({ epsilon: 1e-6 }).apply(x);
  const add = (a, b) => layers.add().apply([a, b]);
  const dense = (x, units) => layers.dense({ units }).apply(x);

  const block = (x) => {
    const mixed = own.attention().apply(dense(normalised(x), 3 * width));
    const attended = add(x, dense(mixed, width));
    const hidden = own.gelu().apply(dense(normalised(attended), 4 * width));
    return add(attended, dense(hidden, width));
  };

  const input = tf.input({ shape: inputShape });
  const patches = layers.conv2d({ filters: width, kernelSize: 4, strides: 4 }).apply(input);
  let x = own.positions().apply(layers.reshape({ targetShape: [tokens, width] }).apply(patches));
  for (let i = 0; i < 4; i++) x = block(x);
  const pooled = layers.globalAveragePooling1d().apply(normalised(x));
  const outputs = layers.dense({ units: 10, activation: "softmax" }).apply(pooled);
  return tf.model({ inputs: input, outputs });
}

/** What TensorFlow.js has no layer for. */
function ownLayers(tf) {
  const one = (inputs) => (Array.isArray(inputs) ? inputs[0] : inputs);

  class Positions extends tf.layers.Layer {
    static className = "BenchPositions";
    build() {
      const initializer = tf.initializers.randomNormal({ stddev: 0.02 });
      this.table = this.addWeight("positions", [tokens, width], "float32", initializer);
      this.built = true;
    }
    call(inputs) {
      return tf.add(one(inputs), this.table.read());
    }
  }

  /** [batch, tokens, 3 · width] → [batch, tokens, width] */
  class Attention extends tf.layers.Layer {
    static className = "BenchAttention";
    computeOutputShape([batch]) {
      return [batch, tokens, width];
    }
    call(inputs) {
      return tf.tidy(() => {
        const x = one(inputs);
        const [batch] = x.shape;
        const size = width / heads;
        const parts = tf.transpose(tf.reshape(x, [batch, tokens, 3, heads, size]), [2, 0, 3, 1, 4]);
        const [query, key, value] = tf.unstack(parts);
        const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(size));
        const mixed = tf.matMul(tf.softmax(scores), value);
        return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, tokens, width]);
      });
    }
  }

  /** x·Φ(x), exactly. */
  class Gelu extends tf.layers.Layer {
    static className = "BenchGelu";
    call(inputs) {
      return tf.tidy(() => {
        const x = one(inputs);
        return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
      });
    }
  }

  return {
    positions: () => new Positions({}),
    attention: () => new Attention({}),
    gelu: () => new Gelu({}),
  };
}
