/**
 * What a layer throws while it is applied says which layer it was, and which line of the person's: an op knows neither,
 * and TensorFlow.js's own frames fill a stack before it reaches their code.
 */
import { tf } from "./backend.js";
import { CaptureError } from "./capture/captureError.js";
import { personsLineOf, withDeepStacks } from "./capture/personsLine.js";

interface Layer {
  readonly name: string;
  readonly inboundNodes: readonly { readonly outputShapes: readonly (readonly (number | null)[])[] }[];
  apply(inputs: unknown, kwargs?: object): unknown;
}

/** Of an error that passed a layer: what it said itself, and the layers around it, innermost first. */
interface Passed {
  readonly message: string;
  readonly line: string | undefined;
  readonly layers: readonly Layer[];
}

const passed = new WeakMap<Error, Passed>();
/** Which layer a tensor came out of, to tell who gave a layer what it cannot take. */
const sources = new WeakMap<tf.Tensor, Layer>();

const prototype = tf.layers.Layer.prototype as unknown as Layer;
const original = prototype.apply;

prototype.apply = function apply(this: Layer, inputs, kwargs) {
  // What runs in a model is named by the model's layers.
  if (this instanceof tf.LayersModel) return original.call(this, inputs, kwargs);
  const frames = Error.stackTraceLimit;
  return withDeepStacks(() => {
    try {
      const output = original.call(this, inputs, kwargs);
      for (const one of listOf(output)) {
        if (one instanceof tf.Tensor) sources.set(one, this);
        else if (!(one instanceof tf.SymbolicTensor)) throw notATensor(one);
      }
      return output;
    } catch (error) {
      if (error instanceof Error) name(error, { layer: this, inputs, frames });
      throw error;
    }
  });
};

function notATensor(output: unknown): TypeError {
  const given = output instanceof Promise ? "a promise, and cannot wait" : String(output);
  return new TypeError(
    `the call of a layer needs to return a tensor or a list of them; it returned ${given}`,
  );
}

/**
 * A capture's error is the reason why a step runs op by op, and has its line. What is frozen stays as it was thrown.
 *
 * @param frames how many a stack has by itself
 */
function name(
  error: Error,
  { layer, inputs, frames }: { layer: Layer; inputs: unknown; frames: number },
): void {
  const before = passed.get(error);
  if (error instanceof CaptureError || Object.isFrozen(error) || before?.layers.includes(layer)) return;
  const { message, line, layers } = before ?? {
    message: withShapes(error.message, inputs),
    line: personsLineOf(error.stack),
    layers: [],
  };
  const now = { message, line, layers: [...layers, layer] };
  passed.set(error, now);
  retell(error, `${placeOf(now)}${message}`, frames);
}

function placeOf({ message, line, layers }: Passed): string {
  const isNamed = layers.length === 1 && message.includes(`layer ${layers[0]?.name}:`);
  const where = isNamed ? undefined : `in layer ${layers.map(described).join(" of ")}`;
  const parts = [where, line && `at ${line}`].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : `${parts.join(", ")}: `;
}

function described(layer: Layer): string {
  return `"${layer.name}" (${layer.constructor.name})`;
}

/** Where a layer before put out another shape than it said when the model was made, it is at fault. */
function withShapes(message: string, inputs: unknown): string {
  const wrong = listOf(inputs).flatMap((input) => {
    const source = input instanceof tf.Tensor ? sources.get(input) : undefined;
    if (!source) return [];
    const said = source.inboundNodes.flatMap(({ outputShapes }) =>
      outputShapes.length === 1 ? outputShapes : [],
    );
    return otherShape(source, said, (input as tf.Tensor).shape);
  });
  return wrong.length === 0 ? message : [message.replace(/\.$/, ""), ...wrong].join("; ");
}

/** @param said for each time that the layer was applied when models were made */
function otherShape(
  source: Layer,
  said: readonly (readonly (number | null)[])[],
  given: readonly number[],
): string[] {
  const [first] = said;
  if (!first || said.some((shape) => fits(given, shape))) return [];
  return [
    `layer ${described(source)} put out [${given}], where its computeOutputShape says [${first.map(String)}]`,
  ];
}

function fits(shape: readonly number[], said: readonly (number | null)[]): boolean {
  return shape.length === said.length && said.every((size, i) => size === null || size === shape[i]);
}

/** A stack begins with the message. It keeps its usual frames, and those down to the person's. */
function retell(error: Error, message: string, frames: number): void {
  const { stack, message: old } = error;
  Object.defineProperty(error, "message", { value: message, configurable: true, writable: true });
  if (typeof stack !== "string" || !stack.includes(old)) return;
  const lines = stack.replace(old, () => message).split("\n");
  const begin = lines.findIndex((text) => /^\s+at /.test(text));
  const persons = lines.findIndex((text) => personsLineOf(text) !== undefined);
  const end = begin < 0 ? lines.length : Math.max(begin + frames, persons + 1);
  error.stack = lines.slice(0, end).join("\n");
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
