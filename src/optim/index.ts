export { type AdamOptions, type AdamWOptions, adam, adamw } from "./adam.js";
export type { Optimizer } from "./optimizer.js";
export * as schedules from "./schedules/index.js";
export type { Schedule } from "./schedules/schedule.js";
export { type SgdOptions, sgd } from "./sgd.js";
