export type { ClassCurve, ClassCurves } from "./classCurves.js";
export { ConfusionMatrix } from "./confusionMatrix.js";
export type { PrecisionRecallCurve, RocCurve } from "./curves.js";
export { type EvaluateOptions, evaluate } from "./evaluate.js";
export { type EvaluateRegressionOptions, evaluateRegression } from "./evaluateRegression.js";
export type { Evaluation } from "./evaluation.js";
export type { Mistake } from "./mistake.js";
export type { RegressionEvaluation } from "./regressionEvaluation.js";
