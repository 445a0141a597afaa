/** Kernels in JavaScript, slow but right, for what WebAssembly lacks, cannot do with what it is given, or gets wrong. */
import tf = require("@tensorflow/tfjs");

import { owned } from "./registerKernel.js";

type Stock = Parameters<typeof tf.registerKernel>[0];
type Kernel = Stock["kernelFunc"];
type Call = Parameters<Kernel>[0];

/** Of these it gets the numbers wrong. */
const wrong = new Set(["Bincount", "ClipByValue", "Conv3DBackpropInputV2", "MaxPool3D", "MaxPool3DGrad"]);

/** Call it when all other kernels are there. TensorFlow.js moves data between its backends by itself. */
export function registerJavaScriptKernels(): void {
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend("cpu")) {
    const there = tf.getKernel(kernelName, "wasm") as Stock | undefined;
    const slow = inJavaScript(kernelFunc);
    if (there) tf.unregisterKernel(kernelName, "wasm");
    const fast = wrong.has(kernelName) ? undefined : there?.kernelFunc;
    const chosen: Kernel = fast ? (call) => (isBeyondWasm(kernelName, call) ? slow(call) : fast(call)) : slow;
    tf.registerKernel({ ...there, kernelName, backendName: "wasm", kernelFunc: chosen });
  }
}

/** What the kernel makes belongs to TensorFlow.js's backend in JavaScript. */
function inJavaScript(kernel: Kernel): Kernel {
  return (call) => {
    const cpu = javaScriptBackend();
    const made = kernel({ ...call, backend: cpu });
    return Array.isArray(made) ? made.map((info) => owned(info, cpu)) : owned(made, cpu);
  };
}

function javaScriptBackend(): tf.KernelBackend {
  const cpu = tf.engine().findBackend("cpu");
  // It would greet at its first use, as if it had been chosen.
  return Object.assign(cpu, { firstUse: false });
}

/**
 * Texts and complex numbers, images with channels first, biases that are no vectors; what becomes true or false, slices
 * with steps of what are no floats, and windows of one pixel, of which WebAssembly puts out what lay in its memory.
 */
function isBeyondWasm(kernelName: string, { inputs, attrs }: Call): boolean {
  const { dtype, dataFormat, filterSize } = (attrs ?? {}) as Attributes;
  if (isForeign(dtype) || dataFormat === "NCHW" || dataFormat === "channelsFirst") return true;
  if (kernelName === "Cast" && dtype === "bool") return true;
  if (kernelName === "StridedSlice" && (inputs as { x: tf.TensorInfo }).x.dtype !== "float32") return true;
  if (/^(Max|Avg)Pool$/.test(kernelName) && [filterSize].flat().every((size) => size === 1)) return true;
  const { bias } = inputs as { bias?: tf.TensorInfo | null };
  if (bias && bias.shape.length !== 1) return true;
  return Object.values(inputs).some((input) => isForeign((input as tf.TensorInfo | null)?.dtype));
}

interface Attributes {
  readonly dtype?: string;
  readonly dataFormat?: string;
  readonly filterSize?: number | readonly number[];
}

function isForeign(dtype: string | undefined): boolean {
  return dtype === "string" || dtype === "complex64";
}
