/**
 * A stateful layer keeps the states that a call ends with, for the next call to begin with. Captured, every replay would
 * begin with those of the trace, and the layer would be left with symbols: so it is refused.
 */
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import { CaptureError } from "./capture/captureError.js";

interface StatefulLayer {
  readonly name: string;
  /** Of calls before the last: TensorFlow.js keeps them, since a gradient may need them, until all states are reset. */
  keptStates: tf.Tensor[][];
  /** Called with the new states at the end of each call, without to begin anew. */
  resetStates(states?: tf.Tensor[], training?: boolean): void;
}

const example = { name: "example", kernelSize: 1 };
refuseCaptures(tf.layers.simpleRNN({ ...example, units: 1 }));
refuseCaptures(tf.layers.convLstm2d({ ...example, filters: 1 } as never));

/** Of the class, `layer`'s or above it, that says how its states are kept. */
function refuseCaptures(layer: object): void {
  let owner = layer as StatefulLayer;
  while (!Object.hasOwn(owner, "resetStates")) owner = Object.getPrototypeOf(owner) as StatefulLayer;
  const original = owner.resetStates;
  owner.resetStates = function resetStates(this: StatefulLayer, ...given) {
    if (binding.isTracing)
      throw new CaptureError(
        `layer "${this.name}" is stateful: the states that it keeps from call to call cannot be captured`,
      );
    original.apply(this, given);
  };
}

/** Frees what stateful layers among `parts` keep of calls whose gradients were taken. */
export function freeEarlierStates(parts: readonly object[]): void {
  for (const part of parts as readonly Partial<StatefulLayer>[]) {
    if (!part.keptStates?.length) continue;
    tf.dispose(part.keptStates);
    part.keptStates = [];
  }
}
