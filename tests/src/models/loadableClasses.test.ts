import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { load, save } from "../../../src/models/index.js";
import { tf } from "../../../src/native/index.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-loadable-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Times extends tf.layers.Layer {
  static readonly className: string = "Times";
  protected readonly factor: number = 2;
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, this.factor);
  }
}
tf.serialization.registerClass(Times);
class Triple extends Times {
  protected override readonly factor = 3;
}
class NoName extends tf.layers.Layer {}

const modelOf = (...layers: tf.layers.Layer[]) =>
  tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] }), ...layers] });
const answer = (model: tf.LayersModel) => [...(model.predict(tf.ones([1, 2])) as tf.Tensor).dataSync()];

it("a layer without a className of its own is refused before anything is written, nested and wrapped too", async () => {
  const wrapped = tf.layers.timeDistributed({ layer: new NoName({ name: "lost" }) });
  const place = join(folder, "refused");
  for (const [layers, told] of [
    [[new NoName({ name: "lost" })], "NoName"],
    [[new Triple({ name: "lost" })], "Triple"],
    [[new (class extends Times {})({ name: "lost" })], "Unnamed"],
    [[modelOf(new Triple({ name: "lost" }))], "Triple"],
    [[tf.layers.reshape({ targetShape: [1, 2] }), wrapped], "NoName"],
  ] as const)
    await expect(save(modelOf(...layers), place)).rejects.toThrow(
      `saving a model needs layers whose classes can be found again; that of "lost", ${told}, has no className of its own: give it \`static className = "${told}"\``,
    );
  expect(existsSync(place)).toBe(false);
});

it("one that inherits, and says its name, is loaded as what it is", async () => {
  class Named extends Triple {
    static override readonly className = "Named";
  }
  const model = modelOf(new Named({}));
  // Registered by whoever loads it.
  await save(model, join(folder, "named"));
  tf.serialization.registerClass(Named);
  expect(answer(await load(join(folder, "named")))).toEqual(answer(model));
});

it("what a layer makes by itself needs no name, and a class that only adds to a model none either", async () => {
  class Holds extends Times {
    static override readonly className = "Holds";
    readonly inner = new NoName({});
  }
  tf.serialization.registerClass(Holds);
  class Net extends tf.Sequential {}
  const model = new Net({ layers: [tf.layers.dense({ units: 2, inputShape: [2] }), new Holds({})] });
  await save(model, join(folder, "holds"));
  expect(answer(await load(join(folder, "holds")))).toEqual(answer(model));
});
