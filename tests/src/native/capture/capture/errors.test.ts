import { describe, expect, it } from "vitest";
import { CaptureError, capture, tf } from "../../../../../src/native/index.js";
import { op } from "../../../../../src/native/op.js";

const x = () => tf.tensor1d([1, 2, 3]);
const here = /, at tests\/src\/native\/capture\/capture\/errors\.test\.ts:\d+:\d+$/;

/** What each may not do, and how it is said. */
const refused: readonly (readonly [string, (x: tf.Tensor1D) => unknown, RegExp])[] = [
  ["reads values", (a) => tf.tensor(tf.exp(a).dataSync()), /the values of Exp's output cannot be read/],
  ["reads an argument", (a) => tf.tensor(a.dataSync()), /the values of an argument cannot be read/],
  [
    "branches on a value",
    (a) => ((tf.sum(a).arraySync() as number) > 3 ? a : tf.neg(a)),
    /the values of Sum's output.*: return the tensor, or choose by its values with tf\.where, at /,
  ],
  ["compares a tensor", (a) => ((a as unknown as number) > 0 ? a : tf.neg(a)), /an argument.*tf\.where, at /],
  ["prints", (a) => tf.square(a).print(), /the values of Square's output/],
  ["draws on the host", (a) => tf.mul(a, Math.random()), /drawn on the host \(by Math\.random/],
  [
    "fills on the host",
    (a) =>
      tf.add(
        a,
        tf.rand([3], () => Math.random()),
      ),
    /drawn on the host/,
  ],
  ["makes a variable", (a) => tf.variable(a), /a variable made inside a captured function/],
  [
    "has a shape that depends on values",
    (a) => op("Where", {}, [tf.greater(a, 0)]),
    /Where cannot be captured: the shape of its output depends on values/,
  ],
];

describe("names what cannot be captured, and the line:", () => {
  it.each(refused)("%s", (_, fn, message) => {
    const captured = capture(fn);
    for (let i = 0; i < 2; i++) {
      expect(() => captured(x())).toThrowError(CaptureError);
      expect(() => captured(x())).toThrowError(message);
      expect(() => captured(x())).toThrowError(here);
    }
    expect(Math.random()).toBeLessThan(1);
    expect(tf.variable(x()).dataSync()).toEqual(Float32Array.of(1, 2, 3));
  });

  it("in a layer of the person's own, below a model", () => {
    class Peeking extends tf.layers.Layer {
      static readonly className = "Peeking";
      override call(inputs: tf.Tensor[]): tf.Tensor {
        const [input] = inputs as [tf.Tensor];
        return tf.div(input, Math.max(...input.dataSync()));
      }
    }
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [3] }), new Peeking({})],
    });
    const predict = capture((a: tf.Tensor) => model.predict(a) as tf.Tensor);
    expect(() => predict(tf.ones([1, 3]))).toThrowError(/values of \w+'s output.*errors\.test\.ts:\d+:\d+$/);
  });

  it("an op that TensorFlow refuses, with TensorFlow's words", () => {
    const types = {};
    expect(() => capture((a: tf.Tensor) => op("MatMul", { types }, [a, a]))(x())).toThrowError(
      /MatMul cannot be captured: Shape must be rank 2 but is rank 1.*errors\.test\.ts/,
    );
    expect(() => capture((a: tf.Tensor) => op("NoSuchOp", { types }, [a]))(x())).toThrowError(
      /NoSuchOp is no op of this TensorFlow/,
    );
  });

  it("an error of the function's own is its own", () => {
    const broken = capture(() => {
      throw new RangeError("mine");
    });
    expect(() => broken()).toThrowError(new RangeError("mine"));
  });
});

describe("refuses", () => {
  const anything = capture((...values: unknown[]) => values.length);
  class Own {}
  it.each([
    [new Float32Array(3), /the arguments\[0\] is a Float32Array: make it a tensor/],
    [{ a: [new Own()] }, /the arguments\[0\]\.a\[0\] is a Own: let the function refer to it instead/],
    [() => 1, /is the function/],
  ])("an argument such as %o", (value, message) => {
    expect(() => anything(value)).toThrowError(message);
    expect(() => anything(value)).toThrowError(TypeError);
  });

  it("a promise", () => {
    expect(() => capture(async (a: tf.Tensor) => a)(x())).toThrowError(
      /the result is a Promise: it may not wait/,
    );
  });

  it("a promise that fails later, which does not end the process", async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", listener);
    const waits = capture(async (a: tf.Tensor) => (await tf.whereAsync(tf.greater(a, 0))) as tf.Tensor);
    expect(() => waits(x())).toThrowError(/the result is a Promise: it may not wait/);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });

  it("what is no function, and options that it does not know or cannot be", () => {
    expect(() => capture(3 as never)).toThrowError(
      /capture needs a function of tensors, but was given number/,
    );
    expect(() => capture(() => 1, { sed: 1 } as never)).toThrowError(
      /it was given "sed", the nearest is "seed"/,
    );
    expect(() => capture(() => 1, { capacity: 0 })).toThrowError(/a capacity of at least 1, but was given 0/);
    expect(() => capture(() => 1, { eager: "no" as never })).toThrowError(/never, fallback or always/);
    expect(() => capture(() => 1, { seed: 0.5 })).toThrowError(/seed must be a whole number/);
    expect(() => capture(() => 1).seeded(-1)).toThrowError(/seed must be a whole number/);
  });

  it("a tensor that a capture left behind, and one that was disposed", () => {
    const left: tf.Tensor[] = [];
    const leaking = capture((a: tf.Tensor) => {
      left.push(tf.keep(tf.square(a)));
      return a;
    });
    leaking(x());
    expect(() => tf.neg(left[0] as tf.Tensor)).toThrowError(/that a capture left behind: return it/);
    expect(() => capture((a: tf.Tensor) => tf.add(a, left[0] as tf.Tensor))(x())).toThrowError(
      /a tensor of another capture was used/,
    );
    const gone = x();
    gone.dispose();
    expect(() => leaking(gone)).toThrowError(/used after it was disposed/);
  });
});

describe("what would end the process while it is noted, or when it runs", () => {
  const attributes = { ints: { strides: [1, 1, 1, 1], dilations: [2 ** 32, 1, 1, 1, 1] } };
  const same = { strings: { padding: "SAME" } };
  const image = () => tf.ones([1, 4, 4, 1]);
  const filter = tf.ones([2, 2, 1, 1]);

  it("an op that is asked for more outputs than it has gives those it has", () => {
    const captured = capture((a: tf.Tensor) => op("Asinh", {}, [a], 7));
    const outputs = captured(tf.tensor1d([0, 0]));
    expect(outputs.map((output) => Array.from(output.dataSync()))).toEqual([[0, 0]]);
  });

  it("an op that oneDNN rewrites is looked at as one that runs alone", () => {
    const captured = capture((a: tf.Tensor) =>
      op("DepthwiseConv2dNative", { ...attributes, ...same }, [a, filter]),
    );
    expect(() => captured(image())).toThrowError(
      "DepthwiseConv2dNative needs dilations to hold 4 numbers from 1 to 16777216, but they are [4294967296, 1, 1, 1, 1]",
    );
  });

  it("an op that lacks an attribute", () => {
    const captured = capture((a: tf.Tensor) => op("Conv2D", same, [a, filter]));
    expect(() => captured(image())).toThrowError(
      "Conv2D needs the attribute strides (list(int)), but was given none",
    );
  });

  it("sizes that a capture knows, but not those that only a call gives", () => {
    const backward = (sizes: tf.Tensor) =>
      capture((a: tf.Tensor) => {
        const ints = { strides: [1, 1, 1, 1] };
        return op("Conv2DBackpropFilter", { ints, ...same }, [a, sizes, a]);
      });
    expect(() => backward(tf.tensor1d([2, 2, 1], "int32"))(image())).toThrowError(
      "Conv2DBackpropFilter needs input 1 to hold 4 sizes of at least 0, but it is int32[3]",
    );
    const given = capture((sizes: tf.Tensor) =>
      op("Conv2DBackpropFilter", { ints: { strides: [1, 1, 1, 1] }, ...same }, [image(), sizes, image()]),
    );
    expect(() => given(tf.tensor1d([2, 2, -1, 1], "int32"))).toThrowError(CaptureError);
  });
});

describe("run op by op instead, where that is wanted", () => {
  const halved = (a: tf.Tensor) => (tf.sum(a).dataSync()[0] as number) / 2;

  it("where it cannot be captured, and says why", () => {
    const captured = capture(halved, { eager: "fallback" });
    expect([captured(x()), captured(x())]).toEqual([3, 3]);
    expect(captured.reasons).toEqual([expect.stringMatching(/the values of Sum's output/)]);
    expect(captured.captures).toEqual([]);
  });

  it("always, with nothing left over and results of one's own", () => {
    const captured = capture((a: tf.Tensor) => [a, tf.square(tf.add(a, 1))], { eager: "always" });
    const given = x();
    const before = tf.memory().numTensors;
    const [same, squared] = captured(given) as [tf.Tensor, tf.Tensor];
    expect(tf.memory().numTensors).toBe(before + 2);
    same.dispose();
    expect(Array.from(given.dataSync())).toEqual([1, 2, 3]);
    expect(Array.from(squared.dataSync())).toEqual([4, 9, 16]);
  });
});
