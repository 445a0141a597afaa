import { describe, expect, it, vi } from "vitest";
import { tf } from "../../../src/index.js";
import { type LayerSpan, layerScope, watchLayers } from "../../../src/native/layerScopes.js";

const prototype = tf.layers.Layer.prototype;
const spansOf = (work: () => unknown) => {
  const spans: LayerSpan[] = [];
  const stop = watchLayers((span) => void spans.push(span));
  try {
    tf.tidy(() => void work());
  } finally {
    stop();
  }
  return spans.map(({ layer, pass }) => `${layer.name} ${pass}`);
};

class Asking extends tf.layers.Layer {
  static readonly className = "Asking";
  readonly seen: unknown[] = [];
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    this.seen.push(layerScope()?.layer, layerScope()?.pass);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.customGrad((a) => {
      const gradFunc = (dy: tf.Tensor) => {
        this.seen.push(layerScope()?.layer, layerScope()?.pass);
        return dy.mul(2);
      };
      return { value: (a as tf.Tensor).mul(2), gradFunc };
    })(x as tf.Tensor);
  }
}

describe("watchLayers", () => {
  it("knows the layer forward and in the gradients of what ran in it, and nothing after", () => {
    const layer = new Asking({ name: "asking" });
    const spans = spansOf(() => tf.grad((x) => layer.apply(x) as tf.Tensor)(tf.ones([2])));
    expect(layer.seen).toEqual([layer, "forward", layer, "backward"]);
    // A gradient gives a function for each input, which runs by itself.
    expect(spans).toEqual(["asking forward", "asking backward", "asking backward"]);
    expect(layerScope()).toBeUndefined();
    layer.seen.length = 0;
    tf.tidy(() => void layer.apply(tf.ones([2])));
    expect(layer.seen).toEqual([undefined, undefined]);
  });

  it("knows it in the gradients of gradients, where a kernel is not the last of the tape", () => {
    const layer = tf.layers.activation({ name: "bent", activation: "tanh" });
    const seen: unknown[] = [];
    // The gradient of tanh subtracts, and so does nothing else here.
    const kernel = tf.getKernel("Sub", tf.getBackend()) as { kernelFunc: (...of: unknown[]) => unknown };
    const { kernelFunc } = kernel;
    const subtract = vi.spyOn(kernel, "kernelFunc").mockImplementation((...of) => {
      seen.push(layerScope());
      return kernelFunc(...of);
    });
    const slope = tf.grad((x: tf.Tensor) => layer.apply(x) as tf.Tensor);
    spansOf(() => tf.grad((x: tf.Tensor) => tf.sum(tf.mul(slope(x), x)))(tf.tensor1d([0.5, 2])));
    subtract.mockRestore();
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen)).toEqual(new Set([{ layer, pass: "backward" }]));
  });

  it("counts models in models as their layers, and no layer that is only built", () => {
    const inner = tf.sequential({
      name: "inner",
      layers: [tf.layers.dense({ name: "deep", units: 2, inputShape: [3] })],
    });
    const outer = tf.sequential({ name: "outer" });
    expect(
      spansOf(() => {
        outer.add(inner);
        outer.add(tf.layers.dense({ name: "last", units: 1 }));
      }),
    ).toEqual([]);
    expect(spansOf(() => outer.apply(tf.ones([4, 3])))).toEqual(["deep forward", "last forward"]);
    outer.dispose();
  });

  it("puts everything back when the last stops, also where work throws", () => {
    const { apply } = prototype;
    const engine = tf.engine() as unknown as { addTapeNode: unknown };
    const { addTapeNode } = engine;
    const first = watchLayers(() => undefined);
    const second = watchLayers(() => undefined);
    expect(prototype.apply).not.toBe(apply);
    first();
    expect(prototype.apply).not.toBe(apply);
    second();
    expect(prototype.apply).toBe(apply);
    expect(engine.addTapeNode).toBe(addTapeNode);
    const failing = new Asking({ name: "failing" });
    failing.call = () => {
      throw new RangeError("no");
    };
    expect(() => spansOf(() => failing.apply(tf.ones([1])))).toThrow("no");
    expect(prototype.apply).toBe(apply);
    expect(layerScope()).toBeUndefined();
  });
});
