import { tf } from "../native/index.js";
import { noteBuilt, withOptions } from "./builtModels.js";
import {
  addActivated,
  addDenseStack,
  addDropout,
  isModelOption,
  kernelOptions,
  type ModelOptions,
  type ModelPlan,
  planModel,
  positiveIntegers,
} from "./modelOptions.js";

export interface CnnOptions extends ModelOptions {
  /** Channels of each convolution, from the input on. Default [32, 64]. */
  readonly filters?: readonly number[];
  /** Height and width of the kernels. Default 3. */
  readonly kernelSize?: number;
  /** `valid` shrinks the image by kernelSize − 1, `same` keeps its size. Default `same`. */
  readonly padding?: "valid" | "same";
  /** Height, width and stride of the max-pooling after each convolution; 1 is none. Default 2. */
  readonly pool?: number;
  /** Units of dense layers between the last convolution and the output. Default none. */
  readonly hidden?: readonly number[];
}

const own = { filters: true, kernelSize: true, padding: true, pool: true, hidden: true } as const;

/**
 * A convolutional network: `conv_1`, `pool_1` … `conv_n`, `pool_n`, flatten, dense `hidden_1` …, dense `output`.
 * With batch normalisation or dropout, layers `…_norm`, `…_activation`, `…_dropout` follow.
 * Same options → the same initial weights.
 *
 * @throws RangeError if an option is out of its range, or pooling leaves no pixel.
 * @example models.cnn({ inputShape: [28, 28, 1], filters: [32, 64], classes: 10 })
 */
export function cnn(options: CnnOptions): tf.LayersModel {
  const plan = planModel("models.cnn", options, own);
  const { filters = [32, 64], kernelSize = 3, padding = "same", pool = 2, hidden = [] } = options;
  positiveIntegers("models.cnn", "filters", filters);
  positiveIntegers("models.cnn", "hidden", hidden);
  positiveIntegers("models.cnn", "[kernelSize, pool]", [kernelSize, pool]);
  requirePixels(plan, { filters, kernelSize, padding, pool });
  const model = tf.sequential({ name: options.name ?? "cnn" });
  model.add(tf.layers.inputLayer({ name: "input", inputShape: plan.inputShape }));
  filters.forEach((channels, index) => {
    const name = `conv_${index + 1}`;
    addActivated(model, plan, {
      name,
      make: (shared) =>
        tf.layers.conv2d({ ...kernelOptions(plan, name), filters: channels, kernelSize, padding, ...shared }),
    });
    if (pool > 1)
      model.add(tf.layers.maxPooling2d({ name: `pool_${index + 1}`, poolSize: pool, strides: pool }));
    addDropout(model, plan, name);
  });
  model.add(tf.layers.flatten({ name: "flatten" }));
  addDenseStack(model, plan, hidden);
  model.build();
  return noteBuilt(model, {
    has: (option) => isModelOption(option, own),
    again: (changes) => cnn(withOptions(options, changes)),
  });
}

function requirePixels(
  plan: ModelPlan,
  options: { filters: readonly number[]; kernelSize: number; padding: string; pool: number },
): void {
  const [height, width, channels] = plan.inputShape;
  if (plan.inputShape.length !== 3 || height === undefined || width === undefined || channels === undefined)
    throw new RangeError(
      `models.cnn needs an inputShape of [height, width, channels]; it was given [${plan.inputShape.join(", ")}]`,
    );
  let side = Math.min(height, width);
  for (const _ of options.filters) {
    if (options.padding === "valid") side -= options.kernelSize - 1;
    side = Math.floor(side / options.pool);
  }
  if (side < 1)
    throw new RangeError(
      `models.cnn needs at least one pixel after its ${options.filters.length} convolutions and poolings; an image of ${height} × ${width} leaves none`,
    );
}
