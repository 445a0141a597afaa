/**
 * TensorFlow.js composes a training step of batch normalisation, and its gradient, of some dozens of ops over the
 * whole batch. This gives the layer TensorFlow's fused kernels instead, where they fit.
 */
import { tf } from "./backend.js";
import { isGradientOfGradient } from "./capture/freshTape.js";
import { fusedBatchNorm } from "./gradients/fusedBatchNorm.js";
import { applies } from "./rewrites.js";
import { type NormalisationWeights, wholeLayer, wholeWeights } from "./standIns.js";

interface Variable {
  read(): tf.Tensor;
  write(value: tf.Tensor): void;
}

interface BatchNormLayer extends NormalisationWeights {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly movingMean: Variable;
  readonly movingVariance: Variable;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor | tf.Tensor[];
}

const prototype = Object.getPrototypeOf(tf.layers.batchNormalization()) as BatchNormLayer;
const original = prototype.call;

/** TensorFlow.js normalises tensors of up to so many axes. */
const most = 4;

prototype.call = function call(this: BatchNormLayer, inputs, kwargs) {
  const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
  const trains = kwargs.training === true && x.dtype === "float32";
  if (!trains && x.rank <= most) return original.call(this, inputs, kwargs);
  const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
  if (axis === x.rank - 1) return tf.tidy(() => overLast(this, x, trains));
  // Over another axis TensorFlow.js has a gradient that fails: this one is made the last, and comes back.
  const order = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const back = x.shape.map((_, i) => (i === axis ? x.rank - 1 : order.indexOf(i)));
  return tf.tidy(() => tf.transpose(overLast(this, tf.transpose(x, [...order, axis]), trains), back));
};

function overLast(layer: BatchNormLayer, x: tf.Tensor, training: boolean): tf.Tensor {
  // Of TensorFlow's gradient kernel nobody records a gradient.
  if (training && applies("batchNorm") && !isGradientOfGradient()) return normalised(layer, x);
  const channels = x.shape.at(-1) as number;
  const own = Object.assign(wholeLayer(layer, [channels]), { axis: -1 });
  const rows = x.rank > most ? tf.reshape(x, [-1, channels]) : x;
  return tf.reshape(original.call(own, rows, { training }) as tf.Tensor, x.shape);
}

function normalised(layer: BatchNormLayer, x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1) as number;
  const { gamma, beta } = wholeWeights(layer, [channels]);
  const [scale, offset] = [gamma.read() as tf.Tensor1D, beta.read() as tf.Tensor1D];
  const { output, mean, variance } = fusedBatchNorm(x, scale, offset, layer.epsilon);
  move(layer.movingMean, mean, layer.momentum);
  move(layer.movingVariance, variance, layer.momentum);
  return output;
}

/** moving − (moving − value)·(1 − momentum) */
function move(moving: Variable, value: tf.Tensor, momentum: number): void {
  const before = moving.read();
  moving.write(tf.sub(before, tf.mul(tf.sub(before, value), 1 - momentum)));
}
