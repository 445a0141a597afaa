import { describe, expect, it } from "vitest";
import { changedModel, modelOrigin, needsOrigin, otherStart } from "../../../src/fix/changedModel.js";
import { NotApplicable } from "../../../src/fix/notApplicable.js";
import { models, tf } from "../../../src/index.js";

const valuesOf = (model: tf.LayersModel, layer: string) =>
  model
    .getLayer(layer)
    .getWeights()
    .map((weight) => [...weight.dataSync()]);

describe("changedModel", () => {
  it("begins with the weights from before the training, whatever has become of them", async () => {
    const model = models.mlp({ inputShape: [4], hidden: [8], classes: 3 });
    const before = [...valuesOf(model, "hidden_1"), ...valuesOf(model, "output")];
    const origin = needsOrigin(modelOrigin(model));
    model.setWeights(model.getWeights().map((weight) => tf.onesLike(weight)));
    const again = await changedModel(origin, {}, 7);
    expect([...valuesOf(again, "hidden_1"), ...valuesOf(again, "output")]).toEqual(before);
  });

  it("says of a layer whose class is not registered that the model cannot be built anew", async () => {
    class Twice extends tf.layers.Layer {
      static readonly className = "TwiceUnregistered";
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        return tf.mul(Array.isArray(inputs) ? inputs[0]! : inputs, 2);
      }
    }
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] }), new Twice({})] });
    const origin = needsOrigin(modelOrigin(model));
    const made = changedModel(origin, {}, 7);
    await expect(made).rejects.toThrow(NotApplicable);
    await expect(made).rejects.toThrow(/^the model cannot be built anew: Unknown layer: TwiceUnregistered/);
  });

  it("draws by the seed those whose beginning is changed, and keeps the others", async () => {
    const model = models.mlp({ inputShape: [4], hidden: [8, 8], classes: 3 });
    model.getLayer("hidden_1").setWeights([tf.zeros([4, 8]), tf.fill([8], -6)]);
    const origin = needsOrigin(modelOrigin(model));
    const [one, same, other] = await Promise.all(
      [7, 7, 8].map((seed) => changedModel(origin, { initializer: "heUniform" }, seed)),
    );
    const [kernel, bias] = valuesOf(one!, "hidden_1");
    expect(bias).toEqual(Array(8).fill(0));
    // He's uniform bound of a layer with 4 inputs: √(6/4).
    expect(Math.max(...kernel!.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 4));
    expect(new Set(kernel).size).toBe(32);
    expect(valuesOf(same!, "hidden_1")[0]).toEqual(kernel);
    expect(valuesOf(other!, "hidden_1")[0]).not.toEqual(kernel);
    const wider = await changedModel(origin, { hidden: [8, 16] }, 7);
    expect(valuesOf(wider, "hidden_1")[1]).toEqual(Array(8).fill(-6));
    expect(wider.getLayer("hidden_2").getWeights()[0]?.shape).toEqual([8, 16]);
  });

  it("cannot build a model anew whose layers cannot be written down", () => {
    class Own extends tf.layers.Layer {
      override call(input: tf.Tensor | tf.Tensor[]) {
        return input;
      }
      override getConfig(): never {
        throw new Error("it has none");
      }
      static get className() {
        return "Own";
      }
    }
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] }), new Own({})] });
    expect(() => needsOrigin(modelOrigin(model))).toThrow(NotApplicable);
  });
});

describe("changedModel of models.mlp and models.cnn", () => {
  const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
  const mlp = { inputShape: [4], hidden: [8, 8], classes: 3, activation: "sigmoid", seed: 3 } as const;
  const cnn = { inputShape: [6, 6, 1], filters: [2], classes: 3, activation: "tanh" } as const;

  it.each([
    [() => models.mlp(mlp), { activation: "relu" }, () => models.mlp({ ...mlp, activation: "relu" })],
    [
      () => models.mlp(mlp),
      { activation: "relu", initializer: "heNormal" },
      () => models.mlp({ ...mlp, activation: "relu", initializer: "heNormal" }),
    ],
    [() => models.mlp(mlp), { batchNorm: true }, () => models.mlp({ ...mlp, batchNorm: true })],
    [() => models.mlp(mlp), { hidden: [16] }, () => models.mlp({ ...mlp, hidden: [16] })],
    [
      () => models.mlp(mlp),
      { outputs: 1 },
      () => models.mlp({ inputShape: [4], hidden: [8, 8], outputs: 1, activation: "sigmoid", seed: 3 }),
    ],
    [
      () => models.cnn(cnn),
      { initializer: "heUniform" },
      () => models.cnn({ ...cnn, initializer: "heUniform" }),
    ],
  ])("begins as the changed call of the builder does (%#)", async (made, change, wanted) => {
    const origin = needsOrigin(modelOrigin(made()));
    const [again, called] = [await changedModel(origin, change, 7), wanted()];
    expect(weightsOf(again)).toEqual(weightsOf(called));
    expect(again.layers.map((layer) => layer.getConfig())).toEqual(
      called.layers.map((layer) => layer.getConfig()),
    );
    expect(await otherStart(origin, change)).toBeUndefined();
  });

  it("says of weights that no seed of the code gives that the changed program begins otherwise", async () => {
    const set = models.mlp(mlp);
    set.getLayer("hidden_1").setWeights([tf.zeros([4, 8]), tf.zeros([8])]);
    const layers = (seed?: number) =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            ...{ units: 4, activation: "sigmoid", inputShape: [2] },
            kernelInitializer: tf.initializers.heNormal(seed === undefined ? {} : { seed }),
          }),
          tf.layers.dense({ units: 2, kernelInitializer: "zeros" }),
        ],
      });
    const given = "weights that its layers' initialisers do not give by seeds of their own";
    for (const model of [set, layers()]) {
      const origin = needsOrigin(modelOrigin(model));
      expect(await otherStart(origin, { activation: "relu" })).toContain(given);
      expect(await otherStart(origin, {})).toBeUndefined();
    }
    const seeded = needsOrigin(modelOrigin(layers(5)));
    expect(await otherStart(seeded, { activation: "relu" })).toBeUndefined();
    expect(await otherStart(seeded, { initializer: "heUniform" })).toContain(
      "seeds that its code does not say",
    );
  });

  it("changes nothing that is so already, or that the builder refuses", async () => {
    const origin = needsOrigin(modelOrigin(models.mlp(mlp)));
    await expect(changedModel(origin, { activation: "sigmoid" }, 7)).rejects.toThrow(NotApplicable);
    await expect(changedModel(origin, { dropout: 2 }, 7)).rejects.toThrow(NotApplicable);
  });
});
