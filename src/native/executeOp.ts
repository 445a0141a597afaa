/** Runs one op eagerly through the TFE C API. */
import type { Pointer } from "./ffi.js";
import { describe, type Handle } from "./handles.js";
import { type OpAttribute, setEagerAttributes } from "./opAttributes.js";
import { placedOn } from "./placement.js";
import { check, type TensorFlow } from "./tensorflow.js";

export interface OpCall {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Handle[];
  readonly outputs: number;
}

/** When an op ran, as `performance.now()` tells it. */
export interface OpClock {
  begin: number;
  end: number;
}

const retvals = new BigUint64Array(1024);
const count = new Int32Array(1);

/**
 * @param clock is set where it is given.
 * @returns The outputs' TFE_TensorHandles, which the caller owns.
 * @throws TensorFlowError with the op's name, TensorFlow's message and the inputs' types and shapes.
 */
export function executeOp(tf: TensorFlow, call: OpCall, clock?: OpClock): Pointer[] {
  const { api, status } = tf;
  const op = api.TFE_NewOp(tf.context, call.name, status);
  check(tf, () => `${call.name} is no op of this TensorFlow`);
  try {
    const device = placedOn();
    if (device !== undefined) api.TFE_OpSetDevice(op, device, status);
    // The inputs first: what TensorFlow learns of them holds, and tfjs-node's kernels do not know every type.
    for (const input of call.inputs) api.TFE_OpAddInput(op, input.pointer, status);
    setEagerAttributes(tf, op, call.attributes);
    count[0] = call.outputs;
    if (clock) clock.begin = performance.now();
    api.TFE_Execute(op, retvals, count, status);
    if (clock) clock.end = performance.now();
    check(tf, () => `${call.name}(${call.inputs.map(describe).join(", ")}) failed`);
    return Array.from(retvals.subarray(0, count[0]));
  } finally {
    api.TFE_DeleteOp(op);
  }
}
