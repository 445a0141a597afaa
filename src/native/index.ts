/** TensorFlow.js on native TensorFlow, with seeded noise layers and TensorFlow's own gradient kernels. */
import "./batchNormLayer.js";
import "./forgottenTensors.js";
import "./gradients/index.js";
import "./kernels/index.js";
import "./seededLayers.js";

export { tf } from "./backend.js";
export { LibtensorflowError } from "./findLibtensorflow.js";
export { type NativeInfo, nativeInfo } from "./info.js";
export { type OpCost, type ProfileOptions, profileOps } from "./opProfile.js";
export { TensorFlowError } from "./tensorflow.js";
