/** A signature of a TensorFlow saved model, as TensorFlow.js shows models that only compute. */
import { inspect } from "node:util";
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import { CaptureError } from "./capture/captureError.js";
import type { TensorMetadata } from "./handles.js";
import { inputIds, type SavedInputs } from "./savedInputs.js";
import type { SavedSession } from "./savedSession.js";
import { nearest, type SavedGraph, type SavedSignature, type SavedTensorInfo } from "./savedSignature.js";
import { asSaved, fromSaved, savedType } from "./savedTypes.js";

/** One input or output of a saved model. */
export interface SavedTensor {
  /** As the signature calls it. */
  name: string;
  /** TensorFlow.js's type: `int32` stands for int64 and all narrower ones, `float32` for all floating-point ones. */
  dtype: tf.DataType;
  /** TensorFlow's own, such as `DT_INT64`. */
  tfDtype: string;
  /** -1 where a size is free; undefined where not even the rank is known. */
  shape?: number[];
}

const forgotten = new FinalizationRegistry<SavedSession>((session) => session.close());

/** Lifecycle: loaded, asked any number of times, disposed once (more often does nothing); or forgotten, and freed then. */
export class SavedModel implements tf.InferenceModel {
  /** Sorted by name, which is the order of a list that `predict` is given. */
  readonly inputs: SavedTensor[];
  /** Sorted by name, which is the order of a list that `predict` returns. */
  readonly outputs: SavedTensor[];
  /** The one that was loaded. */
  readonly signature: string;
  /** The names of all that the loaded graph has. */
  readonly signatures: readonly string[];
  readonly #signature: SavedSignature;
  readonly #session: SavedSession;

  /** @internal */
  constructor(session: SavedSession, { graph, signature }: { graph: SavedGraph; signature: SavedSignature }) {
    this.#session = session;
    this.#signature = signature;
    this.signature = signature.name;
    this.signatures = graph.signatures.map(({ name }) => name);
    this.inputs = signature.inputs.map(shown);
    this.outputs = signature.outputs.map(shown);
    forgotten.register(this, session, this);
  }

  /**
   * Runs the signature, all rows at once. Gradients do not flow through it, and it cannot be captured.
   *
   * What TensorFlow.js lacks types for is cast: int32 to int64 and narrower ones, whose range is looked at; float32 to
   * float64, float16 and bfloat16; outputs the other way. An int64 output with a value that int32 cannot hold stays
   * int64: reading it gives a BigInt64Array, and other ops refuse it.
   *
   * @param inputs tensors by the inputs' names, a list of them in the order of `inputs`, or, where there is one input,
   *   the tensor alone.
   * @returns outputs by name for inputs by name, a list in the order of `outputs` for a list; for one tensor the only
   *   output, or a list of several. The caller, or `tf.tidy`, disposes of them.
   * @throws RangeError for a missing or unknown name, another number of tensors, another shape, a value outside a
   *   narrow type, a disposed tensor; TypeError for another type; ReferenceError after `dispose`; CaptureError inside
   *   `capture`; TensorFlowError for what TensorFlow refuses.
   * @example
   * const { label } = model.predict({ image: tf.zeros([8, 28, 28, 1]) });
   */
  predict(inputs: tf.Tensor): tf.Tensor | tf.Tensor[];
  predict(inputs: readonly tf.Tensor[]): tf.Tensor[];
  predict(inputs: Readonly<tf.NamedTensorMap>): tf.NamedTensorMap;
  predict(inputs: SavedInputs): tf.Tensor | tf.Tensor[] | tf.NamedTensorMap {
    const { outputs } = this.#signature;
    const made = this.#run(inputs, outputs);
    if (inputs instanceof tf.Tensor) return made.length === 1 ? (made[0] as tf.Tensor) : made;
    if (Array.isArray(inputs)) return made;
    return Object.fromEntries(outputs.map(({ name }, i) => [name, made[i] as tf.Tensor]));
  }

  /**
   * As `predict`, for some of the outputs: what only the others need is not computed.
   *
   * @param outputs the name of one, or several.
   * @returns one tensor for one name, a list in the order of the names for a list.
   * @throws RangeError for an unknown name, and as `predict`.
   * @example const label = model.execute(tf.zeros([8, 28, 28, 1]), "label") as tf.Tensor;
   */
  execute(inputs: SavedInputs, outputs: string | readonly string[]): tf.Tensor | tf.Tensor[] {
    const names = typeof outputs === "string" ? [outputs] : outputs;
    const made = this.#run(inputs, outputsNamed(this.#signature, names));
    return typeof outputs === "string" ? (made[0] as tf.Tensor) : made;
  }

  /** Frees the memory, unless another loaded signature of the same graph still needs it. */
  dispose(): void {
    forgotten.unregister(this);
    this.#session.close();
  }

  #run(inputs: SavedInputs, outputs: readonly SavedTensorInfo[]): tf.Tensor[] {
    const { id } = this.#session;
    if (id === undefined)
      throw new ReferenceError(
        `running the signature ${this.signature} of a saved model needs it in memory, but it was disposed`,
      );
    if (binding.isTracing)
      throw new CaptureError(
        "a saved model cannot be captured: run it outside and give its outputs as arguments",
      );
    const wanted = this.#signature.inputs;
    const given = inputIds(this.#signature, inputs);
    const ids: number[] = [];
    try {
      for (const [i, one] of given.entries()) ids.push(asSaved(one, (wanted[i] as SavedTensorInfo).dtype));
      const what = `the signature ${this.signature} of a saved model`;
      return taken(binding.runSavedModel(id, ids, graphNames(wanted), graphNames(outputs), what));
    } finally {
      for (const [i, one] of ids.entries()) if (one !== given[i]) binding.deleteTensor(one);
    }
  }
}

/** All outputs as TensorFlow.js's tensors, or none. */
function taken(outputs: readonly TensorMetadata[]): tf.Tensor[] {
  const made: tf.Tensor[] = [];
  try {
    for (const output of outputs) made.push(fromSaved(output));
    return made;
  } catch (error) {
    tf.dispose(made);
    // The one that failed is gone by itself.
    for (const { id } of outputs.slice(made.length + 1)) binding.deleteTensor(id);
    throw error;
  }
}

function outputsNamed({ name, outputs }: SavedSignature, asked: readonly string[]): SavedTensorInfo[] {
  const names = outputs.map((output) => output.name);
  if (!Array.isArray(asked) || asked.length === 0)
    throw new TypeError(
      `executing the signature ${name} of a saved model needs the outputs to compute (${names.join(", ")}), but was given ${inspect(asked)}`,
    );
  return asked.map((one: string) => {
    const found = outputs.find((output) => output.name === one);
    if (found) return found;
    throw new RangeError(
      `executing the signature ${name} of a saved model needs some of its outputs (${names.join(", ")}), but was given ${one}${nearest(one, names)}`,
    );
  });
}

function graphNames(tensors: readonly SavedTensorInfo[]): string {
  return tensors.map(({ graphName }) => graphName).join(",");
}

function shown({ name, dtype, shape }: SavedTensorInfo): SavedTensor {
  const type = savedType(dtype) as NonNullable<ReturnType<typeof savedType>>;
  const tensor = { name, dtype: type.dtype, tfDtype: type.tfDtype };
  return shape ? { ...tensor, shape: [...shape] } : tensor;
}
