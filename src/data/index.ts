/** Data sets. */
export { type ArraysOptions, arrays } from "./arrays.js";
export type { Dataset, LabelledDataset } from "./dataset.js";
export { type MnistOptions, mnist } from "./mnist.js";
export type { BatchesOptions, HostBatch, Split } from "./split.js";
