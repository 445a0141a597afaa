// Models that `bench capture` trains beside those of `bench step`.

const image = [32, 32, 3];

/** Four convolutions of 32 filters on 32 × 32 pixels, each normalised. */
export const batchNormCnn = {
  inputShape: image,
  batchSize: 32,
  build(tf) {
    const { activation, batchNormalization, conv2d, dense, globalAveragePooling2d } = tf.layers;
    const block = (first) => [
      conv2d({ filters: 32, kernelSize: 3, padding: "same", useBias: false, ...first }),
      batchNormalization(),
      activation({ activation: "relu" }),
    ];
    const layers = [{ inputShape: image }, {}, {}, {}].flatMap(block);
    const end = [globalAveragePooling2d({}), dense({ units: 10, activation: "softmax" })];
    return tf.sequential({ layers: [...layers, ...end] });
  },
};

/** One layer of attention of 4 heads over 64 tokens, 64 wide, its products written as Einstein's sums. */
export const einsumAttention = {
  inputShape: [64, 64],
  batchSize: 32,
  build(tf) {
    const [heads, width] = [4, 64];
    class EinsumAttention extends tf.layers.Layer {
      static className = "BenchEinsumAttention";
      build() {
        const shape = [width, heads, width / heads];
        const named = (name) =>
          this.addWeight(name, shape, "float32", tf.initializers.randomNormal({ stddev: 0.1 }));
        [this.query, this.key, this.value] = ["query", "key", "value"].map(named);
        this.built = true;
      }
      call(inputs) {
        return tf.tidy(() => {
          const x = Array.isArray(inputs) ? inputs[0] : inputs;
          const [q, k, v] = [this.query, this.key, this.value].map((weight) =>
            tf.einsum("btc,chd->bthd", x, weight.read()),
          );
          const scores = tf.mul(tf.einsum("bthd,bshd->bhts", q, k), 1 / Math.sqrt(width / heads));
          return tf.reshape(tf.einsum("bhts,bshd->bthd", tf.softmax(scores), v), x.shape);
        });
      }
    }
    const { dense, globalAveragePooling1d } = tf.layers;
    return tf.sequential({
      layers: [
        dense({ units: width, inputShape: [64, 64] }),
        new EinsumAttention({}),
        globalAveragePooling1d({}),
        dense({ units: 10, activation: "softmax" }),
      ],
    });
  },
};
