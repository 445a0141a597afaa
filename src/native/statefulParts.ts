import type { tf } from "./backend.js";
import { partsOf } from "./modelParts.js";

/** What keeps states from call to call, within other layers too: of a layer in a timeDistributed one the model knows nothing. */
export function statefulParts(model: tf.LayersModel): object[] {
  return partsOf(model).filter((part) => (part as { stateful?: unknown }).stateful === true);
}
