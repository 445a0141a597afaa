import { describe, expect, it } from "vitest";
import { changedEnd } from "../../../src/fix/changedEnd.js";
import type { ModelTopology } from "../../../src/fix/modelTopology.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { withoutLayers } from "../../../src/fix/removedLayers.js";
import { models, tf } from "../../../src/index.js";

const written = (model: tf.LayersModel) => model.toJSON(undefined, false) as unknown as ModelTopology;
const read = (topology: ModelTopology) =>
  tf.loadLayersModel({ load: async () => ({ modelTopology: topology as unknown as object }) });
const names = ({ config }: ModelTopology) => config.layers.map((layer) => layer.config.name);

/** in → a → b → out, and in beside b. */
function skipping(): tf.LayersModel {
  const input = tf.input({ shape: [3], name: "in" });
  const through = (layer: tf.layers.Layer, from: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(from) as tf.SymbolicTensor;
  const a = through(tf.layers.dense({ units: 3, name: "a" }), input);
  const b = through(tf.layers.dropout({ rate: 0.5, name: "b" }), a);
  const sum = through(tf.layers.add({ name: "sum" }), [input, b]);
  const out = through(tf.layers.dense({ units: 1, activation: "softmax", name: "out" }), sum);
  const again = through(tf.layers.softmax({ name: "again" }), out);
  return tf.model({ inputs: input, outputs: again });
}

describe("withoutLayers", () => {
  it("leads past a layer of a functional model, also where it is the output", async () => {
    const rest = await read(withoutLayers(written(skipping()), ["b", "again"]));
    const sum = rest.getLayer("sum").inboundNodes[0] as unknown as { inboundLayers: { name: string }[] };
    expect(sum.inboundLayers.map(({ name }) => name)).toEqual(["in", "a"]);
    expect(rest.outputNames).toEqual(["out"]);
  });

  it("refuses one that has several inputs, and one that is not there", () => {
    expect(() => withoutLayers(written(skipping()), ["sum"])).toThrow(
      new NotApplicable("sum has not one input that could take its place"),
    );
    expect(() => withoutLayers(written(skipping()), ["z"])).toThrow(
      new NotApplicable("the model has no layer z"),
    );
  });
});

describe("changedEnd", () => {
  it("ends a model in one softmax over the classes, whatever stood behind it", async () => {
    const changed = changedEnd(written(skipping()), { units: 4, activation: "softmax" });
    const model = await read(changed);
    expect([names(changed).at(-1), model.outputShape]).toEqual(["out", [null, 4]]);
    expect((model.getLayer("out").getConfig() as { activation: string }).activation).toBe("softmax");
  });

  it("gives a sequential model a linear end", () => {
    const net = models.mlp({ inputShape: [2], hidden: [3], classes: 2 });
    const changed = changedEnd(written(net), { units: 1, activation: "linear" });
    expect(changed.config.layers.at(-1)?.config).toMatchObject({ units: 1, activation: "linear" });
  });

  it("needs one dense end", () => {
    const pooled = tf.sequential({
      layers: [tf.layers.globalAveragePooling1d({ inputShape: [4, 2], name: "mean" })],
    });
    expect(() => changedEnd(written(pooled), { units: 1, activation: "linear" })).toThrow(
      new NotApplicable("the model ends in mean, which is no dense layer"),
    );
  });
});
