/** TensorFlow.js on native TensorFlow, with seeded noise layers and TensorFlow's own gradient kernels. */
import "./batchNormLayer.js";
import "./classNames.js";
import "./dilatedConvLayer.js";
import "./forgottenTensors.js";
import "./gradients/index.js";
import "./kernels/index.js";
import "./layerErrors.js";
import "./layerNormLayer.js";
import "./lstmLayer.js";
import "./seededCells.js";
import "./resizingLayer.js";
import "./seededFunctions.js";
import "./seededLayers.js";
import "./statefulLayers.js";
import "./tapeOrder.js";

export { tf } from "./backend.js";
export { type Captured, capture } from "./capture/capture.js";
export { CaptureError } from "./capture/captureError.js";
export type { CaptureNote, CaptureOptions } from "./capture/captureOptions.js";
export type { ExplainedOp, Explanation } from "./capture/explanation.js";
export { type ChromeTrace, chromeTrace, type TraceEvent } from "./chromeTrace.js";
export { devices, withDevice } from "./devices.js";
export { LibtensorflowError } from "./findLibtensorflow.js";
export { type NativeInfo, nativeInfo, type WasmInfo, wasmInfo } from "./info.js";
export type { LayerCost, OutsideCost } from "./layerCosts.js";
export { loadSavedModel } from "./loadSavedModel.js";
export type { OpEvent } from "./opEvents.js";
export {
  type CapturesCost,
  type OpCost,
  type OpProfile,
  type ProfileOptions,
  profileOps,
} from "./opProfile.js";
export type { SavedModel, SavedTensor } from "./savedModel.js";
export { type SaveSavedModelOptions, saveSavedModel } from "./saveSavedModel.js";
export { TensorFlowError, tensorflowIsLoaded } from "./tensorflow.js";
export { type TimedEvents, xspace } from "./xplane.js";
