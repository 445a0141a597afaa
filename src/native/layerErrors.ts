/**
 * What a layer throws while it is applied says which layer it was, and which line of the person's: an op knows neither,
 * and TensorFlow.js's own frames fill a stack before it reaches their code.
 */
import { tf } from "./backend.js";
import { inPlace } from "./errorPlace.js";

interface Layer {
  readonly name: string;
  readonly inboundNodes: readonly { readonly outputShapes: readonly (readonly (number | null)[])[] }[];
  apply(inputs: unknown, kwargs?: object): unknown;
}

/** Which layer a tensor came out of, to tell who gave a layer what it cannot take. */
const sources = new WeakMap<tf.Tensor, Layer>();

const prototype = tf.layers.Layer.prototype as unknown as Layer;
const original = prototype.apply;

prototype.apply = function apply(this: Layer, inputs, kwargs) {
  // What runs in a model is named by the model's layers.
  if (this instanceof tf.LayersModel) return original.call(this, inputs, kwargs);
  const place = {
    name: () => described(this),
    isTold: (message: string) => message.includes(`layer ${this.name}:`),
    retold: (message: string) => withShapes(message, inputs),
  };
  return inPlace(place, () => {
    const output = original.call(this, inputs, kwargs);
    for (const one of listOf(output)) {
      if (one instanceof tf.Tensor) sources.set(one, this);
      else if (!(one instanceof tf.SymbolicTensor)) throw notATensor(one);
    }
    return output;
  });
};

function notATensor(output: unknown): TypeError {
  const given = output instanceof Promise ? "a promise, and cannot wait" : String(output);
  return new TypeError(
    `the call of a layer needs to return a tensor or a list of them; it returned ${given}`,
  );
}

function described(layer: Layer): string {
  return `layer "${layer.name}" (${layer.constructor.name})`;
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
    `${described(source)} put out [${given}], where its computeOutputShape says [${first.map(String)}]`,
  ];
}

function fits(shape: readonly number[], said: readonly (number | null)[]): boolean {
  return shape.length === said.length && said.every((size, i) => size === null || size === shape[i]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
