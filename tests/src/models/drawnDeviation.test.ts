import { describe, expect, it } from "vitest";
import { drawnDeviation } from "../../../src/models/drawnDeviation.js";
import { initialKernels } from "../../../src/models/initialKernels.js";
import { tf } from "../../../src/native/index.js";

const { initializers } = tf;
const seed = 3;
const drawing = {
  heNormal: initializers.heNormal({ seed }),
  heUniform: initializers.heUniform({ seed }),
  glorotNormal: initializers.glorotNormal({ seed }),
  glorotUniform: initializers.glorotUniform({ seed }),
  leCunNormal: initializers.leCunNormal({ seed }),
  leCunUniform: initializers.leCunUniform({ seed }),
  fanOut: initializers.varianceScaling({ scale: 3, mode: "fanOut", distribution: "uniform", seed }),
  randomNormal: initializers.randomNormal({ mean: 0, stddev: 0.3, seed }),
  randomUniform: initializers.randomUniform({ minval: -0.2, maxval: 0.2, seed }),
  truncatedNormal: initializers.truncatedNormal({ mean: 0, stddev: 0.3, seed }),
};

describe("the deviation with which an initialiser draws", () => {
  it.each(Object.entries(drawing))(
    "%s: is that of what it drew, to four standard errors",
    (_, kernelInitializer) => {
      const dense = tf.layers.dense({ name: "d", units: 200, inputShape: [60], kernelInitializer });
      const conv = tf.layers.conv2d({
        ...{ name: "c", filters: 96, kernelSize: [3, 2], inputShape: [8, 8, 10], kernelInitializer },
      });
      for (const layer of [dense, conv]) {
        const model = tf.sequential({ layers: [layer] });
        const [kernel] = Object.values(initialKernels(layer));
        const { drawn = Number.NaN, std = Number.NaN, units = 0 } = kernel ?? {};
        expect(Math.abs(std / drawn - 1)).toBeLessThan(4 / Math.sqrt(2 * 60 * units));
        model.dispose();
      }
    },
  );

  it("is not known of what draws no numbers, or none by themselves", () => {
    for (const initializer of [
      initializers.zeros(),
      initializers.constant({ value: 2 }),
      initializers.identity({}),
    ]) {
      const serialized = { className: initializer.getClassName(), config: initializer.getConfig() };
      expect(drawnDeviation(serialized, [5, 5])).toBeUndefined();
    }
    expect(drawnDeviation({ className: "Orthogonal", config: { gain: 1 } }, [5, 5])).toBeUndefined();
    expect(drawnDeviation({ className: "RandomNormal", config: {} }, [5, 5])).toBeUndefined();
    expect(
      drawnDeviation({ className: "RandomUniform", config: { minval: 1, maxval: 1 } }, [5]),
    ).toBeUndefined();
    expect(drawnDeviation(undefined, [5, 5])).toBeUndefined();
  });
});
