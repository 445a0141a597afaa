/** Models that are being trained now. */
import type { tf } from "../native/index.js";

const busy = new WeakSet<tf.LayersModel>();

/**
 * Runs what trains a model, which nobody else may train meanwhile.
 *
 * @param who such as `fit`
 * @throws TypeError when it is being trained.
 */
export async function whileBusy<T>(who: string, model: tf.LayersModel, run: () => Promise<T>): Promise<T> {
  if (busy.has(model))
    throw new TypeError(`${who} needs a model that is not being trained; "${model.name}" is`);
  busy.add(model);
  try {
    return await run();
  } finally {
    busy.delete(model);
  }
}
