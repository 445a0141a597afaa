/** Gives the `tensorflow` backend a kernel, in place of tfjs-node's where there is one. */
import { tf } from "../backend.js";

/** What TensorFlow.js hands to a kernel, with the inputs and attributes that this kernel has. */
export interface KernelCall<Inputs, Attributes = Record<string, never>> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: unknown;
}

type Outputs = tf.TensorInfo | tf.TensorInfo[];
type Kernel<Inputs, Attributes> = (call: KernelCall<Inputs, Attributes>) => Outputs;

/** Tensors that `kernel` makes on its way are disposed when it returns. */
export function registerKernel<Inputs, Attributes = Record<string, never>>(
  kernelName: string,
  kernel: Kernel<Inputs, Attributes>,
): void {
  if (tf.getKernel(kernelName, "tensorflow")) tf.unregisterKernel(kernelName, "tensorflow");
  const kernelFunc = (call: KernelCall<Inputs, Attributes>) => tf.tidy(() => kernel(call) as tf.Tensor);
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: kernelFunc as unknown as Parameters<typeof tf.registerKernel>[0]["kernelFunc"],
  });
}

/** The kernel that is registered now, to be called with the same inputs and attributes or others. */
export function stockKernel<Inputs, Attributes>(
  kernelName: string,
): (call: KernelCall<Inputs, Attributes>) => tf.Tensor {
  const { kernelFunc } = tf.getKernel(kernelName, "tensorflow");
  return kernelFunc as unknown as (call: KernelCall<Inputs, Attributes>) => tf.Tensor;
}
