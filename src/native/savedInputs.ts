/** What a saved model's signature is given, known to fit before TensorFlow sees it. */
import { inspect } from "node:util";
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import { DType, dtypeName } from "./dtypes.js";
import { describe } from "./handles.js";
import { nearest, type SavedSignature, type SavedTensorInfo } from "./savedSignature.js";
import { savedType } from "./savedTypes.js";
import { tensorId } from "./tensorId.js";

/** One tensor where there is one input, a list in the order of the inputs, or tensors by the inputs' names. */
export type SavedInputs = tf.Tensor | readonly tf.Tensor[] | Readonly<tf.NamedTensorMap>;

/**
 * The binding's ids of the tensors, in the order of the signature's inputs.
 *
 * @throws RangeError for a missing or unknown name, another number, another shape, values outside a narrow type's range,
 *   or a disposed tensor; TypeError for another type.
 */
export function inputIds(signature: SavedSignature, inputs: SavedInputs): number[] {
  const { name, inputs: wanted } = signature;
  const running = `running the signature ${name} of a saved model`;
  return inOrder(signature, inputs, running).map((tensor, i) =>
    fittingId(wanted[i] as SavedTensorInfo, tensor, running),
  );
}

function inOrder({ inputs: wanted }: SavedSignature, inputs: SavedInputs, running: string): unknown[] {
  const names = wanted.map(({ name }) => name);
  const all = names.join(", ") || "none";
  if (Array.isArray(inputs) || inputs instanceof tf.Tensor) {
    const list = inputs instanceof tf.Tensor ? [inputs] : (inputs as tf.Tensor[]);
    if (list.length === names.length) return list;
    throw new RangeError(
      `${running} needs ${tensors(names.length)} (${all}), but was given ${tensors(list.length)}`,
    );
  }
  if (typeof inputs !== "object" || inputs === null)
    throw new TypeError(`${running} needs tensors (${all}), but was given ${inspect(inputs)}`);
  const unknown = Object.keys(inputs).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `${running} needs the inputs ${all}, but was given ${unknown}${nearest(unknown, names)}`,
    );
  return names.map((name) => (Object.hasOwn(inputs, name) ? (inputs as tf.NamedTensorMap)[name] : undefined));
}

function fittingId(info: SavedTensorInfo, tensor: unknown, running: string): number {
  const needs = `${running} needs ${dtypeName(info.dtype)}${shapeText(info.shape)} as ${info.name}`;
  if (!(tensor instanceof tf.Tensor))
    throw new (tensor === undefined ? RangeError : TypeError)(
      `${needs}, but was given ${tensor === undefined ? "nothing" : inspect(tensor)}`,
    );
  if (tensor.isDisposed) throw new RangeError(`${needs}, but was given a tensor that was disposed`);
  const id = tensorId(tensor);
  const handle = binding.handle(id, running);
  const type = savedType(info.dtype);
  if (handle.dtype !== info.dtype && handle.dtype !== DType[type?.dtype ?? "float32"])
    throw new TypeError(`${needs}, but was given ${describe(handle)}`);
  if (!fits(info.shape, handle.shape)) throw new RangeError(`${needs}, but was given ${describe(handle)}`);
  if (type?.range && handle.dtype === DType.int32) {
    const [least, most] = type.range;
    const outside = (binding.tensorDataSync(id) as Int32Array).find((value) => value < least || value > most);
    if (outside !== undefined)
      throw new RangeError(`${needs}, whose values are ${least} to ${most}, but was given ${outside}`);
  }
  return id;
}

function fits(wanted: SavedTensorInfo["shape"], given: readonly number[]): boolean {
  if (wanted === undefined) return true;
  return wanted.length === given.length && wanted.every((size, i) => size === -1 || size === given[i]);
}

function shapeText(shape: SavedTensorInfo["shape"]): string {
  return shape === undefined
    ? " of any shape"
    : `[${shape.map((size) => (size === -1 ? "any" : size)).join(",")}]`;
}

function tensors(count: number): string {
  return count === 1 ? "one tensor" : `${count} tensors`;
}
