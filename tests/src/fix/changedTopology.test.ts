import { describe, expect, it } from "vitest";
import { changedTopology } from "../../../src/fix/changedTopology.js";
import type { ModelTopology } from "../../../src/fix/modelTopology.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { models, tf } from "../../../src/index.js";

const written = (model: tf.LayersModel) => model.toJSON(undefined, false) as unknown as ModelTopology;
const drawn = (name: string, layer: string) => ({ class_name: "Drawn", config: { name, layer } });
const net = models.mlp({ inputShape: [4], hidden: [8, 6], classes: 3, activation: "sigmoid" });
const layersOf = ({ config }: ModelTopology) => config.layers.map((layer) => layer.config);

/** A functional model: two inputs of one width, one way with a skip. */
function branched(): tf.LayersModel {
  const input = tf.input({ shape: [4], name: "in" });
  const a = tf.layers.dense({ units: 4, activation: "tanh", name: "a" }).apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: "sum" }).apply([input, a]) as tf.SymbolicTensor;
  const out = tf.layers
    .dense({ units: 2, activation: "softmax", name: "out" })
    .apply(sum) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: out });
}

describe("changedTopology", () => {
  it("gives hidden layers another activation, and leaves the output's", () => {
    const changed = changedTopology(written(net), { activation: "relu" }, drawn);
    expect(layersOf(changed).map(({ activation }) => activation)).toEqual([
      undefined,
      "relu",
      "relu",
      "softmax",
    ]);
  });

  it("gives every kernel another initialiser, the output's suits its softmax", () => {
    const changed = changedTopology(written(net), { initializer: "heUniform" }, drawn);
    expect(layersOf(changed).flatMap(({ kernel_initializer: made }) => made ?? [])).toEqual([
      { class_name: "Drawn", config: { name: "heUniform", layer: "hidden_1" } },
      { class_name: "Drawn", config: { name: "heUniform", layer: "hidden_2" } },
      { class_name: "Drawn", config: { name: "glorotUniform", layer: "output" } },
    ]);
  });

  it("puts normalisation between sum and activation, and dropout behind it", () => {
    const changed = changedTopology(written(net), { batchNorm: true, dropout: 0.3 }, drawn);
    expect(layersOf(changed).map(({ name }) => name)).toEqual([
      "input",
      ...["hidden_1", "hidden_1_norm", "hidden_1_activation", "hidden_1_activation_dropout"],
      ...["hidden_2", "hidden_2_norm", "hidden_2_activation", "hidden_2_activation_dropout"],
      "output",
    ]);
    expect(layersOf(changed)[1]).toMatchObject({ activation: "linear" });
    expect(layersOf(changed)[3]).toMatchObject({ activation: "sigmoid" });
  });

  it("leads the ways of a functional model through what it puts in", async () => {
    const changed = changedTopology(written(branched()), { dropout: 0.5 }, drawn);
    const model = await tf.loadLayersModel({ load: async () => ({ modelTopology: changed as object }) });
    const sum = model.getLayer("sum").inboundNodes[0] as unknown as { inboundLayers: { name: string }[] };
    expect(sum.inboundLayers.map(({ name }) => name)).toEqual(["in", "a_dropout"]);
    expect(model.outputShape).toEqual([null, 2]);
  });

  it("follows the output of a functional model to the layer put behind it", async () => {
    const input = tf.input({ shape: [4] });
    const out = tf.layers.dense({ units: 2, activation: "relu", name: "end" }).apply(input);
    const ends = written(tf.model({ inputs: input, outputs: out as tf.SymbolicTensor }));
    expect(
      changedTopology(ends, { outputActivation: "softmax" }, drawn).config.layers.at(-1)?.config,
    ).toEqual(expect.objectContaining({ activation: "softmax" }));
  });

  it("sets penalties, sizes and what is trained", () => {
    const changed = changedTopology(written(net), { l2: 1e-3, hidden: [16, 12] }, drawn);
    expect(layersOf(changed)[1]).toMatchObject({
      units: 16,
      kernel_regularizer: { class_name: "L1L2", config: { l1: 0, l2: 1e-3 } },
    });
    expect(layersOf(changed)[3]).toMatchObject({ units: 3 });
    const frozen = branched();
    frozen.getLayer("a").trainable = false;
    const thawed = changedTopology(written(frozen), { trainable: ["a"] }, drawn);
    expect(layersOf(thawed).map(({ trainable }) => trainable)).not.toContain(false);
  });

  it.each([
    [{ hidden: [4] }, "1 hidden layers cannot take the place of 2"],
    [{ width: 3 }, "models cannot be given width by themselves"],
    [{ trainable: ["hidden_1"] }, "the model has no such layers that are frozen"],
  ])("says why it cannot: %j", (change, why) => {
    expect(() => changedTopology(written(net), change, drawn)).toThrow(new NotApplicable(why));
  });

  it("bends a model that has no activation at all, and ends it in other units", () => {
    const straight = models.mlp({ inputShape: [4], hidden: [8, 6], classes: 3, activation: "linear" });
    const changed = changedTopology(written(straight), { activation: "relu", classes: 5 }, drawn);
    expect(layersOf(changed).slice(1)).toMatchObject([
      { activation: "relu" },
      { activation: "relu" },
      { activation: "softmax", units: 5 },
    ]);
  });

  it("has no place for an activation in a linear model", () => {
    const linear = models.mlp({ inputShape: [4], hidden: [], classes: 3 });
    expect(() => changedTopology(written(linear), { activation: "relu" }, drawn)).toThrow(NotApplicable);
  });
});
