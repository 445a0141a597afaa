/** Saved models as kinds of calls: loaded and run, and one that stays loaded. */
import { fileURLToPath } from "node:url";
import { loadSavedModel, TensorFlowError, tf } from "../../../src/native/index.js";
import { exported } from "./exportedModels.js";
import type { Kind } from "./leakKinds.js";

const small = fileURLToPath(new URL("../../oracles/native/savedModel", import.meta.url));

/** Three signatures of a model stay loaded, and the tensors that they are given; nothing else stays after a call. */
export async function savedModelKinds(): Promise<Record<string, Kind>> {
  const x = tf.keep(tf.tensor1d([1.5, -2]));
  const name = tf.keep(tf.scalar("a text that is longer than a slot of 24 bytes"));
  const words = tf.keep(tf.tensor1d(["green", "a text that is longer than a slot of 24 bytes"]));
  const matrices = [tf.keep(tf.ones([2, 2])), tf.keep(tf.ones([3, 2]))];
  const inputs = {
    x,
    pixels: tf.keep(tf.tensor2d([[1], [2]], [2, 1], "int32")),
    offset: tf.keep(tf.scalar(3, "int32")),
    negate: tf.keep(tf.scalar(true)),
  };
  const load = (signature: string) => loadSavedModel(exported("classifier"), ["serve"], signature);
  const [mix, spell, product] = [await load("mix"), await load("spell"), await load("product")];
  return {
    "saved models": { run: loadAndRun, weight: 40 },
    "calls of a saved model": { run: () => tf.dispose(mix.predict(inputs)), weight: 1 / 4 },
    "calls with texts": { run: () => tf.dispose(spell.predict(words)) },
    "refused calls of a saved model": {
      run: () => {
        refusedAs(TypeError, () => mix.predict({ ...inputs, negate: name }));
        refusedAs(TensorFlowError, () => product.predict(matrices));
      },
    },
  };
  async function loadAndRun(): Promise<void> {
    const model = await loadSavedModel(small);
    tf.dispose(model.predict({ x, name }));
    model.dispose();
  }
}

function refusedAs(type: new (...given: never[]) => Error, run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (error instanceof type) return;
    throw error;
  }
  throw new RangeError("it must be refused");
}
