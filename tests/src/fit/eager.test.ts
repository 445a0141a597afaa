/** Models that no captured step can hold: trained all the same, and said so. */
import { expect, it, vi } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { fit as fitModel } from "../../../src/fit.js";
import { tf } from "../../../src/native/index.js";
import { readRun } from "../../../src/track/index.js";
import { digits, stage, track } from "./trainingScene.js";

stage();

/** A layer whose output depends on values read on the host, which no graph can hold. */
class HostScale extends tf.layers.Layer {
  static readonly className = "HostScale";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.mul(x as tf.Tensor, 1 + ((x as tf.Tensor).dataSync()[0] as number) * 0);
  }
}

it("trains what cannot be captured eagerly, to the same digits, and says so once", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const plain = tf.layers.dense({
    units: 10,
    inputShape: [784],
    activation: "softmax",
    kernelInitializer: "zeros",
  });
  const flat = arrays({
    x: digits.train.x.subarray(0, 784 * 200),
    y: digits.train.y.subarray(0, 200),
    inputShape: [784],
    classes: 10,
  });
  const options = { epochs: 2, batchSize: 50 };
  const expected = await fitModel(tf.sequential({ layers: [plain] }), flat, { ...options, track: false });
  const layers = () => [
    new HostScale({ inputShape: [784], name: "host_scale" }),
    tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: "zeros" }),
  ];
  const run = await fitModel(tf.sequential({ layers: layers() }), flat, {
    ...options,
    track: track("eager"),
  });
  await fitModel(tf.sequential({ layers: layers() }), flat, { ...options, track: false });
  expect(run.history.loss.map((loss) => loss.toFixed(5))).toEqual(
    expected.history.loss.map((loss) => loss.toFixed(5)),
  );
  const said = warn.mock.calls
    .map(([text]) => String(text))
    .filter((text) => text.includes("without a captured step"));
  warn.mockRestore();
  expect(said).toHaveLength(1);
  expect(readRun(run.dir ?? "").record.environment.eager).toEqual(expect.stringContaining("values"));
});

/** Differs in what it reads, and whether it does. */
class ReadsWhenAsked extends tf.layers.Layer {
  static readonly className = "ReadsWhenAsked";
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean } = {}): tf.Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    (training ? tf.sin(x as tf.Tensor) : tf.cos(x as tf.Tensor)).dataSync();
    return tf.mul(x as tf.Tensor, 1);
  }
}

it("says every reason for running eagerly, also one that only validation has", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const net = tf.sequential({
    layers: [new ReadsWhenAsked({ inputShape: [1] }), tf.layers.dense({ units: 2, activation: "softmax" })],
  });
  const few = arrays({ x: [[0], [1], [2], [3]], y: [0, 1, 0, 1], validation: 2 });
  const run = await fitModel(net, few, { epochs: 2, track: track("reasons") });
  const said = warn.mock.calls.map(([text]) => String(text));
  warn.mockRestore();
  for (const op of ["Sin", "Cos"]) {
    expect(said.filter((text) => text.includes(`values of ${op}'s output`))).toHaveLength(1);
    expect(readRun(run.dir ?? "").record.environment.eager).toContain(op);
  }
});
