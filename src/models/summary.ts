import type { LayerSummary, ModelSummary, Penalty } from "../base/modelSummary.js";
import type { tf } from "../native/index.js";

type Layer = tf.LayersModel["layers"][number];

/** What a model is made of, for a run's record. */
export function modelSummary(model: tf.LayersModel): ModelSummary {
  const layers = model.layers.map(layerSummary);
  return { layers, parameters: layers.reduce((total, layer) => total + layer.parameters, 0) };
}

function layerSummary(layer: Layer): LayerSummary {
  const config = layer.getConfig() as Readonly<Record<string, unknown>>;
  const units = config.units ?? config.filters;
  const initializer = initializerName(config.kernelInitializer);
  const weights = layer.weights.map((weight) => weightName(layer, weight));
  const penalties = penaltiesOf(config, weights);
  return {
    name: layer.name,
    kind: layer.getClassName(),
    ...(typeof config.activation === "string" && { activation: config.activation }),
    ...(initializer !== undefined && { initializer }),
    ...(typeof units === "number" && { units }),
    ...(typeof config.rate === "number" && { rate: config.rate }),
    trainable: layer.trainable,
    parameters: layer.countParams(),
    weights,
    ...(penalties.length > 0 && { penalties: Object.fromEntries(penalties) }),
  };
}

/** `kernelRegularizer` is that of `kernel`, `depthwiseRegularizer` that of `depthwise_kernel`. */
function penaltiesOf(
  config: Readonly<Record<string, unknown>>,
  weights: readonly string[],
): [string, Penalty][] {
  return weights.flatMap((weight): [string, Penalty][] => {
    const name = weight.slice(weight.lastIndexOf("/") + 1);
    const given = config[`${name}Regularizer`] ?? config[`${name.replace(/_kernel$/, "")}Regularizer`];
    if (typeof given !== "object" || given === null) return [];
    const { className, config: factors } = given as {
      className?: string;
      config?: { l1?: number; l2?: number };
    };
    return [[weight, className === "L1L2" ? { l1: factors?.l1 ?? 0, l2: factors?.l2 ?? 0 } : "own"]];
  });
}

/** `hidden_1/kernel`: the layer's name and the last part of the weight's. */
export function weightName(layer: { name: string }, weight: { originalName: string }): string {
  return `${layer.name}/${weight.originalName.slice(weight.originalName.lastIndexOf("/") + 1)}`;
}

const families = new Map([
  ["2 fanIn", "he"],
  ["1 fanAvg", "glorot"],
  ["1 fanIn", "lecun"],
]);

/** TensorFlow.js writes He, Glorot and LeCun as scale and mode of a variance scaling. */
function initializerName(serialized: unknown): string | undefined {
  if (typeof serialized !== "object" || serialized === null) return undefined;
  const { className, config } = serialized as { className?: string; config?: Record<string, unknown> };
  if (className === undefined) return undefined;
  if (className !== "VarianceScaling") return className.charAt(0).toLowerCase() + className.slice(1);
  const family = families.get(`${config?.scale} ${config?.mode}`);
  const shape = config?.distribution === "uniform" ? "Uniform" : "Normal";
  return family ? `${family}${shape}` : "varianceScaling";
}
