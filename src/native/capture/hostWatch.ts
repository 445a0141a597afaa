/** What code on the host must not do while it is captured, since a replay would not do it again. */
import { tf } from "../backend.js";
import { CaptureError } from "./captureError.js";

interface Engine {
  makeVariable(...values: unknown[]): tf.Variable;
}

/**
 * Runs `trace` and refuses meanwhile random numbers of the host, which would be the same at every replay (a tensor
 * made from a given seed is the same at every call anyway), and new variables, which no replay would make.
 */
export function hostWatch<T>(trace: () => T): T {
  const { random } = Math;
  const engine = tf.engine() as unknown as Engine;
  const own = Object.getOwnPropertyDescriptor(engine, "makeVariable");
  Math.random = () => {
    throw new CaptureError(
      "random numbers drawn on the host (by Math.random, tf.rand and the like) cannot be captured: draw them with tf.randomUniform or tf.randomNormal",
    );
  };
  engine.makeVariable = () => {
    throw new CaptureError(
      "a variable made inside a captured function cannot be captured: make it before, such as an optimiser's by one eager step",
    );
  };
  try {
    return trace();
  } finally {
    Math.random = random;
    delete (engine as Partial<Engine>).makeVariable;
    if (own) Object.defineProperty(engine, "makeVariable", own);
  }
}
