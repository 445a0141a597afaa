/** Replaces TensorFlow.js's gradient of a kernel. */
import { tf } from "../backend.js";

type Gradient = Parameters<typeof tf.registerGradient>[0];

export function overrideGradient(gradient: Gradient): void {
  if (tf.getGradient(gradient.kernelName)) tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
}
