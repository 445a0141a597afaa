/** Tensors made of their specs, and told as specs again. */
import type { binding as Binding } from "../../../../src/native/binding.js";
import type { tf as Tfjs } from "../../../../src/native/index.js";
import { type DataType, sizeOf, TensorSpec } from "./draw.js";

export type Tf = typeof Tfjs;
export type Native = typeof Binding;

/** Of a symbol, whose values nobody knows yet: unchanged, it is the symbol itself. */
class SymbolSpec extends TensorSpec {
  constructor(
    readonly tensor: Tfjs.Tensor,
    of: { readonly dtype: string; readonly shape: readonly number[] },
  ) {
    const values = Array.from({ length: Math.min(sizeOf(of.shape), 4096) }, () =>
      of.dtype === "string" ? "a" : 1,
    );
    super(of.dtype as DataType, of.shape, values);
  }
}

/** The binding's ids from here downwards are symbols. */
const firstSymbol = -2;
const dataTypes: Readonly<Record<number, DataType>> = {
  1: "float32",
  3: "int32",
  7: "string",
  8: "complex64",
  10: "bool",
};

export class Tensors {
  /** What becomes of the tensors that are made; while a capture records, symbols of some. */
  through: (made: Tfjs.Tensor) => Tfjs.Tensor = (made) => made;
  /** The symbols of the capture that records, by the binding's ids. */
  readonly symbols = new Map<number, { readonly dtype: number; readonly shape: readonly number[] }>();
  readonly #tf: Tf;
  readonly #binding: Native;

  constructor(tf: Tf, binding: Native) {
    this.#tf = tf;
    this.#binding = binding;
  }

  /** The same with tensors in the place of what they are to be. */
  made(value: unknown): unknown {
    if (value instanceof SymbolSpec) return value.tensor;
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
    if (!value.isDisposed && this.idOf(value) <= firstSymbol) return new SymbolSpec(value, value);
    return new TensorSpec(
      value.dtype,
      value.shape,
      plain(value.dtype, value.dataSync() as unknown as ArrayLike<never>),
    );
  }

  /** What a live tensor of the binding's is; undefined for types that TensorFlow.js has not. */
  specOf(id: number): TensorSpec | undefined {
    const symbol = this.symbols.get(id);
    if (symbol) return this.#symbolSpec(symbol);
    let handle: ReturnType<Native["handle"]>;
    try {
      handle = this.#binding.handle(id, "the fuzz");
    } catch {
      return undefined;
    }
    const dtype = dataTypes[handle.dtype];
    if (!dtype) return undefined;
    const values = this.#binding.tensorDataSync(id) as unknown as ArrayLike<never>;
    return new TensorSpec(dtype, handle.shape, plain(dtype, values));
  }

  noteSymbol(tensor: Tfjs.Tensor): void {
    const { dtype, shape } = tensor;
    const number = Object.entries(dataTypes).find(([, name]) => name === dtype)?.[0];
    this.symbols.set(this.idOf(tensor), { dtype: Number(number), shape });
  }

  /** The binding's number of a tensor. */
  idOf(tensor: Tfjs.Tensor): number {
    const backend = this.#tf.backend() as unknown as { getInputTensorIds(tensors: object[]): number[] };
    return backend.getInputTensorIds([tensor])[0] as number;
  }

  #symbolSpec({ dtype, shape }: { dtype: number; shape: readonly number[] }): TensorSpec | undefined {
    const name = dataTypes[dtype];
    if (!name) return undefined;
    return new TensorSpec(
      name,
      shape,
      Array.from({ length: sizeOf(shape) }, () => (name === "string" ? "a" : 1)),
    );
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
    if (!disposed) return this.through(made);
    made.dispose();
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
