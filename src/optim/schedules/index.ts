/** Schedules of the learning rate, as one name: `schedules.cosine({ epochs: 5 })`. */
export { constant } from "./constant.js";
export { cosine } from "./cosine.js";
export { exponential } from "./exponential.js";
export type { Length, Moment, Schedule } from "./schedule.js";
export { step } from "./step.js";
export { warmUp } from "./warmUp.js";
