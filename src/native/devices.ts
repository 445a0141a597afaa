/** What TensorFlow can compute on here, and on which of them it does. */
import { onWasm } from "./core.js";
import { placing } from "./placement.js";
import { tensorflow } from "./tensorflow.js";

/**
 * The devices' short names, such as `["CPU:0", "GPU:0"]`; `["WASM:0"]` where WebAssembly computes. Loads TensorFlow
 * if need be.
 *
 * @example console.log(devices()); // [ 'CPU:0' ]
 */
export function devices(): string[] {
  return onWasm ? ["WASM:0"] : tensorflow().devices.map(({ name }) => shortName(name));
}

/**
 * Runs `run` with its ops on one device; without it they run on the first GPU where there is one, else on the CPU.
 * Tensors made inside lie there; others are copied there when an op needs them. An op that has no kernel for the
 * device runs on the CPU, and a captured function where TensorFlow puts it. May be nested.
 *
 * @param device one of `devices()`
 * @returns what `run` returns
 * @throws RangeError where there is no such device
 * @throws TypeError where `run` is asynchronous: what other code runs meanwhile would be placed too
 * @example const y = withDevice("CPU:0", () => tf.matMul(a, b));
 */
export function withDevice<T>(device: string, run: () => T): T {
  if (!devices().includes(device))
    throw new RangeError(
      `placing ops needs one of the devices ${devices().join(", ")}, but was given ${device}`,
    );
  const result = onWasm ? run() : placing(fullName(device), run);
  if (result instanceof Promise) {
    // It is refused; that it may fail as well is not to end the process.
    result.catch(() => undefined);
    throw new TypeError(
      `placing ops on ${device} needs a function that is not async, but it returned a promise`,
    );
  }
  return result;
}

function fullName(device: string): string {
  return tensorflow().devices.find(({ name }) => shortName(name) === device)?.name as string;
}

function shortName(name: string): string {
  return name.replace(/^.*device:/, "");
}
