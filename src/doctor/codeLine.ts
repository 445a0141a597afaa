/** The line of code that a prescription comes to, made of what the run's record says of model and training. */
import type { JsonValue, LayerSummary } from "../track/index.js";
import type { RunView } from "./runView.js";
import type { Prescription } from "./verdict.js";

/** Code as it stands. */
class Code {
  constructor(readonly text: string) {}
}

type Literal = JsonValue | Code;

type Changes = Readonly<Record<string, JsonValue>>;

/** Kinds of layers that `models.mlp` makes. */
const mlpKinds = ["InputLayer", "Flatten", "Dense", "BatchNormalization", "Activation", "Dropout"];

/** Activations that are flat at both ends. */
export const saturating: readonly string[] = ["sigmoid", "tanh", "hardSigmoid", "softsign", "hard_sigmoid"];

/** Of a run's record, such as `adam` or `ema(adamw)`. */
const optimizer =
  /^((?:(?:ema|lookahead|sam)\()*)(sgd|adamw?|nadam|radam|adamax|rmsprop|adagrad|adadelta|lamb|lars|lion|adafactor)(\)*)$/;

/** Other options of the model's builder: the line, and the same for programs. */
export function modelChange(run: RunView, changes: Changes): Pick<Prescription, "code" | "change"> {
  return { code: modelLine(run, changes), change: { model: changes } };
}

/** Other options of `fit`: the line, and the same for programs. `learningRate` is the optimiser's. */
export function fitChange(run: RunView, changes: Changes): Pick<Prescription, "code" | "change"> {
  return { code: fitLine(run, changes), change: { fit: changes } };
}

/**
 * `models.mlp({ … })` with this run's sizes and the changes; `...options` stands for what the record does not say.
 */
export function modelLine(run: RunView, changes: Changes): string {
  const layers = run.run.record.model?.layers ?? [];
  const convolution = layers.some(({ kind }) => kind.startsWith("Conv"));
  const own =
    !convolution && layers.every(({ kind }) => mlpKinds.includes(kind)) ? mlpOptions(run, layers) : undefined;
  // A model has the one or the other.
  if (own && changes.classes !== undefined) delete own.outputs;
  if (own && changes.outputs !== undefined) delete own.classes;
  return call(convolution ? "models.cnn" : "models.mlp", own, changes);
}

/** `fit(model, mnist, { … })` with this run's settings and the changes. */
export function fitLine(run: RunView, changes: Changes): string {
  const { config } = run.run.record;
  const { learningRate = config.learningRate, ...others } = changes;
  const [, open = "", name = "adam", close = ""] = optimizer.exec(String(config.optimizer)) ?? [];
  const rate = typeof learningRate === "number" ? numberSource(learningRate) : learningRate;
  const more = open === "" ? plainOptions(config.optimizerOptions) : "";
  const made = new Code(`${open}${name}({ learningRate: ${rate}${more} })${close}`);
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
    .map(([key, value]) => `, ${key}: ${source(value)}`)
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
  // That of the first layer is the output's where there is no other.
  const activation = hidden.length > 0 ? run.layers[0]?.activation : undefined;
  return {
    inputShape: new Code(`${datasetName(run)}.inputShape`),
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
  return `{ ${[...(own ? [] : ["...options"]), entriesSource({ ...own, ...changes })].filter(Boolean).join(", ")} }`;
}

function entriesSource(options: Options): string {
  return Object.entries(options)
    .map(([key, value]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${source(value)}`)
    .join(", ");
}

/** A value as it is written in code. */
export function valueSource(value: JsonValue): string {
  return source(value);
}

function source(value: Literal): string {
  if (value instanceof Code) return value.text;
  if (typeof value === "number") return numberSource(value);
  if (Array.isArray(value)) return `[${value.map(source).join(", ")}]`;
  return typeof value === "object" && value !== null
    ? `{ ${entriesSource(value as Options)} }`
    : JSON.stringify(value);
}

/** All digits; below a thousandth as people write rates: 1e-6. */
function numberSource(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}
