/** Copies of tensors share their data, as they do with TensorFlow; WebAssembly's own kernel copies it. */
import tf = require("@tensorflow/tfjs");

export function registerIdentity(): void {
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc({ inputs, backend }) {
      const { dataId, shape, dtype } = (inputs as { x: tf.TensorInfo }).x;
      (backend as tf.KernelBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
