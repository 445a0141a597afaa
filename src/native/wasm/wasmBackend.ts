/** TensorFlow.js's `wasm` backend, ready at once, with the kernels that training needs and it lacks. */
import { createRequire } from "node:module";

import tf = require("@tensorflow/tfjs");

import { requireAsManyValues } from "../givenValues.js";
import { registerConvolutions } from "./convolutions.js";
import { registerEmptyReductions } from "./emptyReductions.js";
import { registerExtremes } from "./extremes.js";
import { registerIdentity } from "./identity.js";
import { registerJavaScriptKernels } from "./inJavaScript.js";
import { registerMatMul } from "./matMul.js";
import { registerPooling } from "./pooling.js";
import { registerPoolingOfVolumes } from "./poolingOfVolumes.js";
import { registerRelu6 } from "./relu6.js";
import { registerSegments } from "./segments.js";
import { registerSlice } from "./slice.js";
import { startWasm, type WasmModule } from "./wasmModule.js";

const load = createRequire(import.meta.url);

/** What the package keeps of a tensor's data. */
interface WasmData {
  readonly id: number;
  /** Where its values lie; null of texts. */
  readonly memoryOffset: number | null;
  readonly shape: readonly number[];
}

export interface WasmBackend extends tf.KernelBackend {
  readonly wasm: WasmModule;
  readonly dataIdMap: {
    set(dataId: WeakKey, data: WasmData): void;
    delete(dataId: WeakKey): boolean;
    get(dataId: WeakKey): WasmData | undefined;
    has(dataId: WeakKey): boolean;
  };
  /** Every tensor's data come this way, or from an op on data that did. */
  move(...values: readonly unknown[]): void;
}

/** As of TensorFlow's backend, values that are not as many as the shape has are refused where the tensor is made. */
function careful(backend: WasmBackend): WasmBackend {
  const write = backend.write.bind(backend);
  backend.write = (values, shape, dtype) => {
    requireAsManyValues(values, shape, dtype);
    return write(values, shape, dtype);
  };
  return backend;
}

/**
 * Makes it TensorFlow.js's backend.
 *
 * @param tell called once, before the first tensor is made
 */
export function takeWasm(tell: () => void): WasmBackend {
  const { BackendWasm } = load("@tensorflow/tfjs-backend-wasm") as {
    BackendWasm: new (wasm: WasmModule) => WasmBackend;
  };
  registerIdentity();
  registerMatMul();
  registerConvolutions();
  registerPooling();
  registerPoolingOfVolumes();
  registerRelu6();
  registerExtremes();
  registerEmptyReductions();
  registerSegments();
  registerSlice();
  registerJavaScriptKernels();
  // The package's own way to make it waits for a file.
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => careful(new BackendWasm(startWasm())), 3);
  tf.setBackend("wasm");
  if (tf.getBackend() !== "wasm") throw new Error("TensorFlow.js did not take the wasm backend");
  const backend = tf.backend() as WasmBackend;
  const { move } = backend;
  backend.move = (...values) => {
    backend.move = move;
    tell();
    backend.move(...values);
  };
  return backend;
}
