/** Updates that are begun and given up. */
import { expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { batchFor, models, stepOf, weightsOf } from "./exampleSteps.js";

const name = "cnn with batch norm";
const model = () => (models[name] as () => tf.LayersModel)();
const part = (seed: number, share: number) => ({ seed, share });

it.each([true, false])(
  "leave no trace, neither in the gradients nor in batch norm's averages (capture: %s)",
  async (capture) => {
    const [first, second] = [batchFor(name), batchFor(name, 5)];
    const [plain, troubled] = [model(), model()];
    const before = weightsOf(troubled);
    const again = stepOf(troubled, { capture });

    await again.add(second, part(1, 0.5));
    await again.add(first, part(2, 0.5));
    again.pull();
    expect(weightsOf(troubled), "parts change the averages").not.toEqual(before);
    again.forget();
    again.pull();
    expect(weightsOf(troubled)).toEqual(before);

    for (const step of [stepOf(plain, { capture }), again]) {
      for (let update = 0; update < 2; update++) {
        await step.add(first, part(3, 2 / 3));
        await step.add(second, part(4, 1 / 3));
        await step.update({ learningRate: 0.01 });
      }
      // What is done is done.
      step.forget();
      step.pull();
    }
    expect(weightsOf(troubled)).toEqual(weightsOf(plain));
    expect(weightsOf(plain)).not.toEqual(before);
  },
);

it("hold no tensor once they are over", async () => {
  const batch = batchFor(name);
  const step = stepOf(model());
  const round = async () => {
    await step.add(batch, part(1, 1));
    await step.update({ learningRate: 0.01 });
    await step.add(batch, part(2, 1));
    step.forget();
    step.forget();
  };
  await round();
  const { numTensors } = tf.memory();
  for (let i = 0; i < 5; i++) await round();
  expect(tf.memory().numTensors).toBe(numTensors);
});
