/** Tensors made of their specs, and told as specs again. */
import type { binding as Binding } from "../../../../src/native/binding.js";
import type { tf as Tfjs } from "../../../../src/native/index.js";
import { TensorSpec } from "./draw.js";

export type Tf = typeof Tfjs;
export type Native = typeof Binding;

export class Tensors {
  readonly #tf: Tf;
  readonly #binding: Native;

  constructor(tf: Tf, binding: Native) {
    this.#tf = tf;
    this.#binding = binding;
  }

  /** The same with tensors in the place of what they are to be. */
  made(value: unknown): unknown {
    if (value instanceof TensorSpec) return this.#tensor(value);
    if (Array.isArray(value)) return value.map((one) => this.made(one));
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.made(one)]));
  }

  /** Live tensors, in lists too, as they could be made. */
  specs(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.specs(one));
    if (!(value instanceof this.#tf.Tensor)) return value;
    return new TensorSpec(
      value.dtype,
      value.shape,
      plain(value.dtype, value.dataSync() as unknown as ArrayLike<never>),
    );
  }

  /** What a live tensor of the binding's is; undefined for types that TensorFlow.js has not. */
  specOf(id: number): TensorSpec | undefined {
    let handle: ReturnType<Native["handle"]>;
    try {
      handle = this.#binding.handle(id, "the fuzz");
    } catch {
      return undefined;
    }
    const dtype = ({ 1: "float32", 3: "int32", 7: "string", 8: "complex64", 10: "bool" } as const)[
      handle.dtype as 1
    ];
    if (!dtype) return undefined;
    const values = this.#binding.tensorDataSync(id) as unknown as ArrayLike<never>;
    return new TensorSpec(dtype, handle.shape, plain(dtype, values));
  }

  /** The binding's number of a tensor. */
  idOf(tensor: Tfjs.Tensor): number {
    const backend = this.#tf.backend() as unknown as { getInputTensorIds(tensors: object[]): number[] };
    return backend.getInputTensorIds([tensor])[0] as number;
  }

  #tensor({ dtype, shape, values, disposed }: TensorSpec): Tfjs.Tensor {
    const numbers = values as number[];
    const made =
      dtype === "complex64"
        ? this.#complex(shape as number[], numbers)
        : this.#tf.tensor(
            dtype === "string" ? (values as string[]) : typed(dtype, numbers),
            shape as number[],
            dtype,
          );
    if (disposed) made.dispose();
    return made;
  }

  #complex(shape: number[], values: number[]): Tfjs.Tensor {
    return this.#tf.complex(this.#tf.tensor(values, shape, "float32"), this.#tf.zeros(shape));
  }
}

function typed(
  dtype: "float32" | "int32" | "bool",
  values: number[],
): Float32Array | Int32Array | Uint8Array {
  if (dtype === "bool") return Uint8Array.from(values, (value) => (value ? 1 : 0));
  return dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
}

function plain(dtype: string, values: ArrayLike<never>): (number | string)[] {
  const list = Array.from(values) as unknown[];
  if (dtype === "string")
    return list.map((text) =>
      typeof text === "string" ? text : new TextDecoder().decode(text as Uint8Array),
    );
  return (dtype === "complex64" ? list.filter((_, i) => i % 2 === 0) : list) as number[];
}
