/** TensorFlow.js with its `tensorflow` backend on our binding, or on WebAssembly: importing this makes it ready. */
import "./nodeUtil.js";
import { createRequire } from "node:module";

// Not as a module: Node would read the packages' 5 MB once more to learn the names they export.
import tf = require("@tensorflow/tfjs");

import { warnOnce } from "../base/warnOnce.js";
import { binding } from "./binding.js";
import { core, onWasm } from "./core.js";
import { requireAsManyValues } from "./givenValues.js";
import type { TensorMetadata } from "./handles.js";
import { warning } from "./wasm/warning.js";
import { takeWasm, type WasmBackend } from "./wasm/wasmBackend.js";

/** The part of tfjs-node's backend that this library uses. */
export interface NodeBackend extends tf.KernelBackend {
  executeMultipleOutputs(
    name: string,
    attributes: readonly { name: string; type: number; value: unknown }[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  /** Ids of the tensors in TensorFlow, where those are put now that were not yet. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  /** The tensor that the backend has under this id from now on. */
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  isUsingGpuDevice: boolean;
}

const load = createRequire(import.meta.url);

/**
 * Loads tfjs-node's kernels, which are plain JavaScript, without its index, which wants the compiled addon.
 * libtensorflow itself is loaded by the first op, so that importing stays fast.
 */
function makeBackend(): NodeBackend {
  const distribution = "@tensorflow/tfjs-node-gpu/dist";
  const { NodeJSKernelBackend } = load(`${distribution}/nodejs_kernel_backend`) as {
    NodeJSKernelBackend: new (native: object, packageName: string) => NodeBackend;
  };
  // The constructor asks for the device, which would load the library: answer later, when a kernel asks.
  const early = Object.create(binding, { isUsingGpuDevice: { value: () => false } });
  const backend = new NodeJSKernelBackend(early, "tunelab");
  Object.defineProperty(backend, "binding", { value: binding });
  const write = backend.write.bind(backend);
  backend.write = (values, shape, dtype) => {
    requireAsManyValues(values, shape, dtype);
    return write(values, shape, dtype);
  };
  refuseDisposed(backend);
  // With a GPU, kernels may do what tfjs-node knows its package for GPUs to do.
  for (const name of ["isUsingGpuDevice", "isGPUPackage"])
    Object.defineProperty(backend, name, { get: () => binding.isUsingGpuDevice() });
  return backend;
}

/** TensorFlow.js looks for the data of a disposed tensor in other backends, and fails with a word of its own code. */
function refuseDisposed(backend: NodeBackend): void {
  const data = (backend as unknown as { tensorMap: { has(dataId: object): boolean } }).tensorMap;
  const idsOf = backend.getInputTensorIds.bind(backend);
  backend.getInputTensorIds = (tensors) => {
    for (const tensor of tensors)
      if ((tensor as tf.Tensor).isDisposed && !data.has(tensor.dataId))
        throw new RangeError(
          `computing needs live tensors, but one of ${tensor.dtype}[${tensor.shape}] was disposed`,
        );
    return idsOf(tensors);
  };
}

function registerFiles(): void {
  const { nodeFileSystemRouter } = load("@tensorflow/tfjs-node-gpu/dist/io/file_system") as {
    nodeFileSystemRouter: Parameters<typeof tf.io.registerLoadRouter>[0];
  };
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}

export const backend = makeBackend();
tf.registerBackend("tensorflow", () => backend, 3);
load("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
if (!onWasm) {
  tf.setBackend("tensorflow");
  if (tf.getBackend() !== "tensorflow") throw new Error("TensorFlow.js did not take the tensorflow backend");
}
/** What computes where TensorFlow's library is absent. */
export const wasmBackend: WasmBackend | undefined = onWasm
  ? takeWasm(() => {
      if (!core.asked) warnOnce(warning);
    })
  : undefined;
registerFiles();

export { tf };
