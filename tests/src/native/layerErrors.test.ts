import { describe, expect, it } from "vitest";
import { CaptureError, capture, tf } from "../../../src/index.js";

const line = "at tests/src/native/layerErrors\\.test\\.ts:\\d+:\\d+";
const { Layer } = tf.layers;
const only = (inputs: tf.Tensor | tf.Tensor[]) => (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;

/** Does what it is told, and says of its output's shape what it is told. */
class Own extends Layer {
  static readonly className = "Own";
  readonly #does: (x: tf.Tensor) => unknown;
  readonly #width: number | undefined;
  constructor(name: string, does: (x: tf.Tensor) => unknown, width?: number) {
    super({ name });
    this.#does = does;
    this.#width = width;
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return [...shape.slice(0, -1), this.#width ?? (shape.at(-1) as number)];
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.#does(only(inputs)) as tf.Tensor;
  }
}

const modelOf = (...layers: tf.layers.Layer[]) =>
  tf.sequential({
    layers: [tf.layers.dense({ name: "first", units: 4, inputShape: [2] }), ...layers],
  });
const thrownBy = (work: () => unknown): Error & { cause?: unknown } => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};
const predict = (model: tf.LayersModel) => thrownBy(() => model.predict(tf.ones([3, 2])));
const wrongSum = (x: tf.Tensor) => tf.add(x, tf.ones([5]));

describe("an error within a layer's call", () => {
  it("names the layer, its class and the person's line before what the op said", () => {
    const { message, stack } = predict(modelOf(new Own("sum", wrongSum)));
    expect(message).toMatch(
      new RegExp(`^in layer "sum" \\(Own\\), ${line}: Add\\(float32\\[3,4\\], float32\\[5\\]\\)`),
    );
    expect(stack?.split("\n")[0]).toContain(message);
    // Down to the person's frame, which TensorFlow.js's own push out of a stack of ten.
    expect(stack).toMatch(/layerErrors\.test\.ts:\d+:\d+\)?$/);
  });

  it("keeps the error itself: its class, its cause, what it carries", () => {
    class Mine extends RangeError {
      readonly code = 7;
    }
    const cause = new Error("before");
    const mine = new Mine("too far", { cause });
    const failing = new Own("mine", () => {
      throw mine;
    });
    const thrown = predict(modelOf(failing));
    expect(thrown).toBe(mine);
    expect(thrown.message).toMatch(new RegExp(`^in layer "mine" \\(Own\\), ${line}: too far$`));
    expect([thrown.cause, mine.code]).toEqual([cause, 7]);
    expect(thrown).toBeInstanceOf(Mine);
    // Thrown once more, it is not told twice.
    expect(predict(modelOf(failing)).message.match(/in layer/g)).toHaveLength(1);
  });

  it("names the layers around it, and no model", () => {
    const inner = tf.layers.dense({ name: "inner", units: 2 });
    const block = new Own("block", (x) => inner.apply(tf.reshape(x, [-1])));
    const nested = tf.sequential({
      name: "nested",
      layers: [tf.layers.activation({ activation: "linear", inputShape: [4] }), new Own("sum", wrongSum)],
    });
    inner.build([null, 4]);
    inner.built = true;
    expect(predict(modelOf(block)).message).toMatch(
      new RegExp(
        `^in layer "inner" \\(Dense\\) of layer "block" \\(Own\\), ${line}: Input 0 is incompatible`,
      ),
    );
    expect(predict(modelOf(nested)).message).toMatch(
      new RegExp(`^in layer "sum" \\(Own\\), ${line}: Add\\(`),
    );
  });

  it("names one of TensorFlow.js's own layers too, and does not repeat a name that is told", () => {
    const sides = [3, 4].map((units) => tf.input({ shape: [null, units] }));
    const joined = tf.layers.concatenate({ name: "joined", axis: -1 }).apply(sides) as tf.SymbolicTensor;
    const model = tf.model({ inputs: sides, outputs: joined });
    expect(thrownBy(() => model.predict([tf.ones([1, 2, 3]), tf.ones([1, 5, 4])])).message).toMatch(
      /^in layer "joined" \(Concatenate\), at .*: ConcatV2\(/,
    );
    const dense = tf.layers.dense({ name: "dense", units: 2, inputShape: [3] });
    tf.sequential({ layers: [dense] });
    expect(thrownBy(() => dense.apply(tf.ones([1, 4]))).message).toMatch(
      new RegExp(`^${line}: Input 0 is incompatible with layer dense: `),
    );
  });

  it("tells the layer before, where it put out another shape than it said", () => {
    const last = tf.layers.dense({ name: "last", units: 1 });
    expect(predict(modelOf(new Own("wide", (x) => tf.mul(x, 2), 7), last)).message).toMatch(
      /but got shape 3,4; layer "wide" \(Own\) put out \[3,4\], where its computeOutputShape says \[null,7\]$/,
    );
    const rightly = predict(modelOf(new Own("right", (x) => tf.mul(x, 2)), new Own("sum", wrongSum)));
    expect(rightly.message).not.toContain("computeOutputShape");
  });

  it("says so where a call returns no tensor", () => {
    const last = tf.layers.dense({ units: 1 });
    const returned = (value: unknown) => predict(modelOf(new Own("none", () => value), last));
    expect(returned(undefined).message).toMatch(
      /^in layer "none" \(Own\), at .*: the call of a layer needs to return a tensor or a list of them; it returned undefined$/,
    );
    expect(returned(undefined)).toBeInstanceOf(TypeError);
    expect(returned(Promise.resolve()).message).toMatch(/; it returned a promise, and cannot wait$/);
  });

  it("tells what fails when the model is made", () => {
    class Unbuilt extends Own {
      override build(): void {
        (undefined as unknown as { x: number }).x;
      }
    }
    expect(thrownBy(() => modelOf(new Unbuilt("unbuilt", wrongSum))).message).toMatch(
      new RegExp(`^in layer "unbuilt" \\(Unbuilt\\), ${line}: Cannot read properties of undefined`),
    );
  });

  it("leaves alone what is frozen, no error, or a capture's reason", () => {
    const frozen = Object.freeze(new Error("cold"));
    const throwing = (value: unknown) =>
      new Own("throwing", () => {
        throw value;
      });
    expect(predict(modelOf(throwing(frozen))).message).toBe("cold");
    expect(predict(modelOf(throwing("a text")))).toBe("a text");
    const reads = new Own("reads", (x) => tf.mul(x, x.dataSync()[0] as number));
    const captured = capture((x: tf.Tensor) => modelOf(reads).apply(x) as tf.Tensor);
    const error = thrownBy(() => captured(tf.ones([3, 2])));
    expect(error).toBeInstanceOf(CaptureError);
    expect(error.message).not.toContain("in layer");
  });

  it("keeps an error that cannot be changed, wholly or in part, and tells it where it can", () => {
    const throwing = (error: Error) =>
      predict(
        modelOf(
          new Own("throwing", () => {
            throw error;
          }),
        ),
      );
    const sealed = Object.seal(new RangeError("sealed"));
    expect(throwing(sealed)).toBe(sealed);
    expect(sealed.message).toMatch(new RegExp(`^in layer "throwing" \\(Own\\), ${line}: sealed$`));
    const fixed = Object.defineProperty(new Error("x"), "message", { value: "fixed", writable: false });
    Object.defineProperty(fixed, "message", { configurable: false });
    expect(throwing(fixed)).toBe(fixed);
    expect(fixed.message).toBe("fixed");
    const bare = Object.preventExtensions(new Error());
    expect(throwing(bare)).toBe(bare);
    expect(bare.message).toBe("");
    const stack = Object.defineProperty(new Error("loud"), "stack", { value: "loud", writable: false });
    expect(throwing(stack).message).toMatch(/: loud$/);
  });

  it("begins anew where one error is thrown again elsewhere, or was given another message", () => {
    const error = new Error("again");
    const throws = () => {
      throw error;
    };
    const [one, two] = [new Own("one", throws), new Own("two", throws)];
    predict(modelOf(one));
    expect(predict(modelOf(two)).message).toMatch(new RegExp(`^in layer "two" \\(Own\\), ${line}: again$`));
    const later = new Own("later", throws);
    const around = new Own("around", (x) => {
      thrownBy(() => one.apply(x));
      return later.apply(x);
    });
    expect(predict(modelOf(around)).message).toMatch(
      new RegExp(`^in layer "later" \\(Own\\) of layer "around" \\(Own\\), ${line}: again$`),
    );
    const adds = new Own("adds", (x) => {
      thrownBy(() => one.apply(x));
      error.message = `oh: ${error.message}`;
      throw error;
    });
    expect(predict(modelOf(adds)).message).toMatch(
      new RegExp(`^in layer "adds" \\(Own\\), ${line}: oh: in layer "one" \\(Own\\), ${line}: again$`),
    );
  });

  it("of an error without a message the stack begins with its class", () => {
    const { message, stack } = predict(
      modelOf(
        new Own("empty", () => {
          throw new RangeError();
        }),
      ),
    );
    expect(message).toMatch(new RegExp(`^in layer "empty" \\(Own\\), ${line}$`));
    expect(stack?.split("\n")[0]).toBe(`RangeError: ${message}`);
  });

  it("puts the length of stacks back", () => {
    const before = Error.stackTraceLimit;
    let within = 0;
    const looks = new Own("looks", (x) => {
      within = Error.stackTraceLimit;
      return x;
    });
    modelOf(looks).predict(tf.ones([3, 2]));
    predict(modelOf(new Own("sum", wrongSum)));
    expect(within).toBeGreaterThan(before);
    expect(Error.stackTraceLimit).toBe(before);
  });
});
