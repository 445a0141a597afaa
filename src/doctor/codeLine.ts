/** The line of code that a prescription comes to, made of what the run's record says of model and training. */
import type { LayerSummary } from "../track/index.js";
import type { RunView } from "./runView.js";

type Literal = string | number | boolean | readonly number[] | { readonly code: string };

/** Kinds of layers that `models.mlp` makes. */
const mlpKinds = ["InputLayer", "Flatten", "Dense", "BatchNormalization", "Activation", "Dropout"];

/** Activations that are flat at both ends. */
export const saturating: readonly string[] = ["sigmoid", "tanh", "hardSigmoid", "softsign", "hard_sigmoid"];

/** Of a run's record, such as `adam` or `ema(adamw)`. */
const optimizer =
  /^((?:(?:ema|lookahead|sam)\()*)(sgd|adamw?|nadam|radam|adamax|rmsprop|adagrad|adadelta|lamb|lars|lion|adafactor)(\)*)$/;

/**
 * `models.mlp({ … })` with this run's sizes and the changes; `...options` stands for what the record does not say.
 */
export function modelLine(run: RunView, changes: Readonly<Record<string, Literal>>): string {
  const layers = run.run.record.model?.layers ?? [];
  const convolution = layers.some(({ kind }) => kind.startsWith("Conv"));
  const own =
    !convolution && layers.every(({ kind }) => mlpKinds.includes(kind)) ? mlpOptions(run, layers) : undefined;
  return call(convolution ? "models.cnn" : "models.mlp", own, changes);
}

/** `fit(model, mnist, { … })` with this run's settings and the changes. */
export function fitLine(
  run: RunView,
  changes: Readonly<Record<string, Literal>> & { readonly learningRate?: number },
): string {
  const { config } = run.run.record;
  const { learningRate = config.learningRate, ...others } = changes;
  const [, open = "", name = "adam", close = ""] = optimizer.exec(String(config.optimizer)) ?? [];
  const rate = typeof learningRate === "number" ? numberSource(learningRate) : learningRate;
  const more = open === "" ? plainOptions(config.optimizerOptions) : "";
  const made = { code: `${open}${name}({ learningRate: ${rate}${more} })${close}` };
  const known: Record<string, Literal> = {};
  for (const key of ["epochs", "batchSize", "clipNorm"]) {
    const value = config[key];
    if (typeof value === "number") known[key] = value;
  }
  const own =
    known.epochs !== undefined && learningRate !== undefined ? { optimizer: made, ...known } : undefined;
  const written =
    own === undefined && changes.learningRate !== undefined ? { optimizer: made, ...others } : others;
  return `fit(model, ${datasetName(run)}, ${literal(own, written)})`;
}

/** Those that are numbers, texts and truth values, behind others. */
function plainOptions(options: unknown): string {
  if (typeof options !== "object" || options === null) return "";
  return Object.entries(options)
    .filter(([, value]) => ["number", "string", "boolean"].includes(typeof value))
    .map(([key, value]) => `, ${key}: ${source(value as Literal)}`)
    .join("");
}

/** Units of the hidden dense layers, input side first; undefined when the record holds no model. */
export function hiddenUnits(run: RunView): number[] | undefined {
  const units = (run.run.record.model?.layers ?? []).flatMap(({ kind, units }) =>
    kind === "Dense" && units !== undefined ? [units] : [],
  );
  return units.length > 0 ? units.slice(0, -1) : undefined;
}

function mlpOptions(run: RunView, layers: readonly LayerSummary[]): Record<string, Literal> | undefined {
  const hidden = hiddenUnits(run);
  const output = layers.findLast(({ kind }) => kind === "Dense");
  if (!hidden || output?.units === undefined) return undefined;
  const { activation } = run.layers[0] ?? {};
  return {
    inputShape: { code: `${datasetName(run)}.inputShape` },
    hidden,
    [output.activation === "softmax" ? "classes" : "outputs"]: output.units,
    ...(activation !== undefined && { activation }),
  };
}

/** The name under which notebooks hold the data set: that of `data.mnist()` is `mnist`. */
function datasetName(run: RunView): string {
  const { dataset } = run.run.record.config;
  return typeof dataset === "string" && dataset !== "arrays" && /^[A-Za-z_]\w*$/.test(dataset)
    ? dataset
    : "dataset";
}

type Options = Readonly<Record<string, Literal>>;

function call(name: string, own: Options | undefined, changes: Options): string {
  return `${name}(${literal(own, changes)})`;
}

function literal(own: Options | undefined, changes: Options): string {
  const entries = Object.entries({ ...own, ...changes }).map(([key, value]) => `${key}: ${source(value)}`);
  return `{ ${[...(own ? [] : ["...options"]), ...entries].join(", ")} }`;
}

function source(value: Literal): string {
  if (typeof value === "object" && "code" in value) return value.code;
  if (typeof value === "number") return numberSource(value);
  return Array.isArray(value) ? `[${value.join(", ")}]` : JSON.stringify(value);
}

/** All digits; below a thousandth as people write rates: 1e-6. */
function numberSource(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}
