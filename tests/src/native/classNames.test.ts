import { expect, it } from "vitest";
import { tf } from "../../../src/index.js";

class Doubles extends tf.layers.Layer {
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, 2);
  }
}
class Named extends Doubles {
  static readonly className = "Another";
}

it("a layer whose class says none goes by its class's name, in its own name and in a saved model", () => {
  const layer = new Doubles({ inputShape: [2] });
  const model = tf.sequential({ layers: [layer] });
  expect(layer.getClassName()).toBe("Doubles");
  expect(layer.name).toMatch(/^doubles_Doubles\d+$/);
  expect([...(model.predict(tf.ones([1, 2])) as tf.Tensor).dataSync()]).toEqual([2, 2]);
  expect(model.toJSON(null, false)).toMatchObject({ config: { layers: [{ class_name: "Doubles" }] } });
});

it("one that says it, and TensorFlow.js's own, go by that", () => {
  expect(new Named({}).getClassName()).toBe("Another");
  expect(tf.layers.dense({ units: 1 }).getClassName()).toBe("Dense");
});

it("one that inherits goes by its own class's name, unless it is registered under the inherited one", () => {
  class Inherits extends Named {}
  class TakesOver extends Named {}
  expect(new Inherits({}).getClassName()).toBe("Inherits");
  tf.serialization.registerClass(TakesOver);
  expect(new TakesOver({}).getClassName()).toBe("Another");
  expect(new Inherits({}).getClassName()).toBe("Inherits");
  const Dense = tf.layers.dense({ units: 1 }).constructor as typeof tf.layers.Layer;
  class Wider extends Dense {}
  expect(new Wider({ units: 1 } as object).getClassName()).toBe("Wider");
  class Net extends tf.Sequential {}
  expect(new Net().getClassName()).toBe("Sequential");
});

it("all that TensorFlow.js registers is saved under the name by which it is found", () => {
  const map = tf.serialization.SerializationMap.getMap().classNameMap;
  const layers = Object.entries(map).filter(([, [one]]) => one.prototype instanceof tf.layers.Layer);
  expect(layers.length).toBeGreaterThan(50);
  for (const [name, [one]] of layers) {
    const bare = Object.create(one.prototype) as tf.layers.Layer;
    expect(bare.getClassName()).toBe(name);
  }
});
