import { TensorFlowError } from "../native/index.js";

/** `TF_Code` of what TensorFlow could not allocate. */
const resourceExhausted = 8;

export function isOutOfMemory(error: unknown): error is TensorFlowError {
  return error instanceof TensorFlowError && error.code === resourceExhausted;
}

/** The same error, with what to do about it. @param step from 0 */
export function withMemoryHint({ message, code, reason }: TensorFlowError, step: number): TensorFlowError {
  const hint = `training ran out of memory at step ${step}; a smaller batchSize needs less, and outOfMemory: "halve" finds one by itself`;
  return new TensorFlowError(`${hint}: ${message}`, { code, reason });
}
