/** Ready-made models, and models on disk. */
export type { ActivationName } from "./activation.js";
export { type CnnOptions, cnn } from "./cnn.js";
export type { Initializer, InitializerName } from "./initializer.js";
export { type MlpOptions, mlp } from "./mlp.js";
export { load, save } from "./saved.js";
