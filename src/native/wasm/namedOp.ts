import type { AttributesByKind } from "../attributesByKind.js";
import type { tf } from "../backend.js";

/** One of TensorFlow's ops in TensorFlow.js's: as many outputs as there, those that nobody reads being of any shape. */
export type NamedOp = (inputs: readonly tf.Tensor[], attributes: AttributesByKind) => tf.Tensor[];
