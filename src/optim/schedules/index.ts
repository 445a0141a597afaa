/** Schedules of the learning rate, as one name: `schedules.cosine({ epochs: 5 })`. */
export { constant } from "./constant.js";
export { cosine } from "./cosine.js";
export { cosineRestarts } from "./cosineRestarts.js";
export { type CyclicOptions, cyclic } from "./cyclic.js";
export { exponential } from "./exponential.js";
export { inverseSqrt } from "./inverseSqrt.js";
export { type JoinedPart, joined } from "./joined.js";
export type { MomentumRange } from "./momentumRange.js";
export { type Milestones, multiStep } from "./multiStep.js";
export { type OneCycleOptions, oneCycle } from "./oneCycle.js";
export { polynomial } from "./polynomial.js";
export { type ReduceOnPlateauOptions, reduceOnPlateau } from "./reduceOnPlateau.js";
export type { Length, Moment, Schedule } from "./schedule.js";
export { step } from "./step.js";
export { warmUp } from "./warmUp.js";
