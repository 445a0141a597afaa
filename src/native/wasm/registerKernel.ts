/** Gives the `wasm` backend a kernel, in place of its own where there is one. */
import tf = require("@tensorflow/tfjs");

type Stock = Parameters<typeof tf.registerKernel>[0];

/** What TensorFlow.js hands to a kernel, with the inputs and attributes that this kernel has. */
export interface KernelCall<Inputs, Attributes = Record<string, never>> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
}

type Kernel<Inputs, Attributes> = (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo | tf.TensorInfo[];

/** Tensors that `kernel` makes on its way are disposed when it returns. Call it before the backend is taken. */
export function registerKernel<Inputs, Attributes>(
  kernelName: string,
  kernel: Kernel<Inputs, Attributes>,
): void {
  // Its set-up is kept for who calls it as `stockKernel`.
  const { setupFunc } = (tf.getKernel(kernelName, "wasm") ?? {}) as Partial<Stock>;
  if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
  const kernelFunc = (call: KernelCall<Inputs, Attributes>) => tf.tidy(() => kernel(call) as tf.Tensor);
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: kernelFunc as unknown as Stock["kernelFunc"],
    ...(setupFunc && { setupFunc }),
  });
}

/** The kernel that is registered now, as a function of tensors. */
export function stockKernel<Inputs, Attributes>(
  kernelName: string,
  backendName: "wasm" | "cpu" = "wasm",
): (call: KernelCall<Inputs, Attributes>) => tf.Tensor {
  const { kernelFunc } = tf.getKernel(kernelName, backendName);
  return (call) => {
    const backend = tf.engine().findBackend(backendName);
    const made = kernelFunc({ ...call, backend } as unknown as Parameters<typeof kernelFunc>[0]);
    return owned(made as tf.TensorInfo, backend);
  };
}

interface Engine {
  makeTensorFromTensorInfo(info: tf.TensorInfo, backend: tf.KernelBackend): tf.Tensor;
}

/** What a backend's kernel made, known to TensorFlow.js as that backend's. */
export function owned(info: tf.TensorInfo, backend: tf.KernelBackend): tf.Tensor {
  // Some kernels make the tensor themselves.
  if (info instanceof tf.Tensor) return info;
  return (tf.engine() as unknown as Engine).makeTensorFromTensorInfo(info, backend);
}
