/** Attention as one writes it with TensorFlow.js, which has none. */
import { tf } from "../../../../src/native/index.js";

/** Multi-head attention (Vaswani et al. 2017) of two heads. */
export class Attention extends tf.layers.Layer {
  static readonly className = "Attention";
  #kernels: readonly { read(): tf.Tensor }[] = [];

  override build(shape: tf.Shape): void {
    const width = shape.at(-1) as number;
    const weight = (name: string) =>
      this.addWeight(name, [width, width], "float32", tf.initializers.glorotUniform({}));
    this.#kernels = ["query", "key", "value", "output"].map(weight);
    this.built = true;
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
    const [n, length, width] = x.shape;
    const through = (values: tf.Tensor, kernel: number) =>
      tf.matMul(tf.reshape(values, [n * length, width]), this.#kernels[kernel]?.read() as tf.Tensor);
    const headed = (kernel: number) =>
      tf.transpose(tf.reshape(through(x, kernel), [n, length, 2, width / 2]), [0, 2, 1, 3]);
    const [query, key, value] = [0, 1, 2].map(headed) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const shares = tf.softmax(tf.mul(tf.matMul(query, key, false, true), (width / 2) ** -0.5));
    const seen = tf.transpose(tf.matMul(shares, value), [0, 2, 1, 3]);
    return tf.reshape(through(seen, 3), x.shape);
  }
}

/** The same idea by einsum. */
export class EinsumAttention extends tf.layers.Layer {
  static readonly className = "EinsumAttention";
  #kernel: { read(): tf.Tensor } | undefined;

  override build(shape: tf.Shape): void {
    const width = shape.at(-1) as number;
    this.#kernel = this.addWeight("kernel", [width, 2, width], "float32", tf.initializers.glorotUniform({}));
    this.built = true;
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    const keys = tf.einsum("blw,whk->bhlk", x, this.#kernel?.read() as tf.Tensor);
    const shares = tf.softmax(tf.einsum("bhlk,bmk->bhlm", keys, x));
    return tf.einsum("bhlm,bmw->blw", shares, x);
  }
}
