/** Data sets. */
export { type ArraysOptions, arrays } from "./arrays.js";
export { type BlobOptions, blob } from "./blob.js";
export { type CircleOptions, circle } from "./circle.js";
export type { Dataset, LabelledDataset } from "./dataset.js";
export { type FashionMnistOptions, fashionMnist } from "./fashionMnist.js";
export { type MnistOptions, mnist } from "./mnist.js";
export type { BatchesOptions, HostBatch, Split } from "./split.js";
export { type TakeOptions, take } from "./take.js";
