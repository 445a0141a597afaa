export { ConfusionMatrix } from "./confusionMatrix.js";
export { type EvaluateOptions, evaluate } from "./evaluate.js";
export type { Evaluation } from "./evaluation.js";
