/** ResNet-18 (He et al. 2016) with the stem for small pictures: one 3 × 3 convolution, no pooling; 32 × 32 pixels. */
export const inputShape = [32, 32, 3];
export const batchSize = 32;

export function build(tf) {
  const { layers } = tf;
  const convolution = (x, filters, { size = 3, strides = 1 } = {}) =>
    layers.conv2d({ filters, kernelSize: size, strides, padding: "same", useBias: false }).apply(x);
  const normalised = (x) => layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 }).apply(x);
  const relu = (x) => layers.reLU().apply(x);

  const block = (x, filters, strides) => {
    const first = relu(normalised(convolution(x, filters, { strides })));
    const second = normalised(convolution(first, filters));
    const same = strides === 1 && x.shape.at(-1) === filters;
    const shortcut = same ? x : normalised(convolution(x, filters, { size: 1, strides }));
    return relu(layers.add().apply([second, shortcut]));
  };

  const input = tf.input({ shape: inputShape });
  let x = relu(normalised(convolution(input, 64)));
  for (const filters of [64, 128, 256, 512]) {
    x = block(x, filters, filters === 64 ? 1 : 2);
    x = block(x, filters, 1);
  }
  const pooled = layers.globalAveragePooling2d({}).apply(x);
  const outputs = layers.dense({ units: 10, activation: "softmax" }).apply(pooled);
  return tf.model({ inputs: input, outputs });
}
