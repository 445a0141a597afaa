/** Replaces TensorFlow.js's gradient of a kernel. */
import { tf } from "../backend.js";
import { isGradientOfGradient } from "../capture/freshTape.js";
import { applies, type RewriteName } from "../rewrites.js";

type Gradient = Parameters<typeof tf.registerGradient>[0];

/**
 * TensorFlow.js asks for the gradient whenever it records the kernel, so which one holds is decided then.
 *
 * @param rewrite without it TensorFlow.js's own gradient holds, or none
 * @param once The gradient calls TensorFlow's ops by their names, which nothing records: where a gradient of the gradient
 *   is taken, TensorFlow.js's own holds. Default false.
 */
export function overrideGradient(
  ours: Gradient,
  { rewrite, once = false }: { rewrite: RewriteName; once?: boolean },
): void {
  const { kernelName } = ours;
  const stock = tf.getGradient(kernelName) as Gradient | undefined;
  const held = (): Partial<Gradient> =>
    applies(rewrite) && !(once && isGradientOfGradient()) ? ours : (stock ?? {});
  const either = {
    kernelName,
    get inputsToSave() {
      return held().inputsToSave;
    },
    get outputsToSave() {
      return held().outputsToSave;
    },
    get saveAllInputs() {
      return held().saveAllInputs;
    },
    get gradFunc() {
      return held().gradFunc;
    },
  };
  if (stock) tf.unregisterGradient(kernelName);
  tf.registerGradient(either as Gradient);
}
