/** EfficientNet-B0 (Tan & Le 2019) on 64 × 64 pixels, without its dropouts: they would make gradients random. */
export const inputShape = [64, 64, 3];
export const batchSize = 16;

/** Expansion, filters, repeats, strides, kernel size of each stage: table 1 of the paper. */
const stages = [
  [1, 16, 1, 1, 3],
  [6, 24, 2, 2, 3],
  [6, 40, 2, 2, 5],
  [6, 80, 3, 2, 3],
  [6, 112, 3, 1, 5],
  [6, 192, 4, 2, 5],
  [6, 320, 1, 1, 3],
];

export function build(tf) {
  const { layers } = tf;
  const convolution = (x, filters, { size = 1, strides = 1 } = {}) =>
    layers.conv2d({ filters, kernelSize: size, strides, padding: "same", useBias: false }).apply(x);
  const normalised = (x) => layers.batchNormalization({ epsilon: 1e-3, momentum: 0.99 }).apply(x);
  const swish = (x) => layers.activation({ activation: "swish" }).apply(x);

  /** Weighs the channels by what they are on average (Hu et al. 2018). */
  const squeezed = (x, reduced) => {
    const channels = x.shape.at(-1);
    const mean = layers
      .reshape({ targetShape: [1, 1, channels] })
      .apply(layers.globalAveragePooling2d({}).apply(x));
    const inner = layers.conv2d({ filters: reduced, kernelSize: 1, activation: "swish" }).apply(mean);
    const weights = layers.conv2d({ filters: channels, kernelSize: 1, activation: "sigmoid" }).apply(inner);
    return layers.multiply().apply([x, weights]);
  };

  const block = (x, [expansion, filters, , , size], strides) => {
    const channels = x.shape.at(-1);
    const wide = expansion === 1 ? x : swish(normalised(convolution(x, channels * expansion)));
    const depthwise = layers
      .depthwiseConv2d({ kernelSize: size, strides, padding: "same", useBias: false })
      .apply(wide);
    const narrow = convolution(squeezed(swish(normalised(depthwise)), channels / 4), filters);
    const output = normalised(narrow);
    return strides === 1 && channels === filters ? layers.add().apply([output, x]) : output;
  };

  const input = tf.input({ shape: inputShape });
  let x = swish(normalised(convolution(input, 32, { size: 3, strides: 2 })));
  for (const stage of stages) for (let i = 0; i < stage[2]; i++) x = block(x, stage, i === 0 ? stage[3] : 1);
  x = swish(normalised(convolution(x, 1280)));
  const pooled = layers.globalAveragePooling2d({}).apply(x);
  const outputs = layers.dense({ units: 10, activation: "softmax" }).apply(pooled);
  return tf.model({ inputs: input, outputs });
}
