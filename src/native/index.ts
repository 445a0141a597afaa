/** TensorFlow.js on native TensorFlow. */
export { tf } from "./backend.js";
export { LibtensorflowError } from "./findLibtensorflow.js";
export { type NativeInfo, nativeInfo } from "./info.js";
export { TensorFlowError } from "./tensorflow.js";
