/** A small vector that is fed again and again with other values, without a new tensor each time. */
import { binding } from "./binding.js";
import { DType } from "./dtypes.js";
import type { Pointer } from "./ffi.js";
import type { Handle } from "./handles.js";
import { check, tensorflow } from "./tensorflow.js";
import { newTensor } from "./tensorMemory.js";

/**
 * Lifecycle: made with its length and type, written before each use, disposed once.
 * The writer's duty: nothing that reads the tensor may be running while it is written.
 */
export class ReusedTensor {
  readonly #dtype: number;
  readonly #length: number;
  #handle: Handle;
  /** The memory that the handle reads; undefined where a GPU has its own copy. */
  readonly #tensor: Pointer | undefined;
  readonly #memory: Pointer;

  constructor(values: Float32Array | Int32Array) {
    const tf = tensorflow();
    this.#dtype = values instanceof Float32Array ? DType.float32 : DType.int32;
    this.#length = values.length;
    if (tf.gpu !== undefined) {
      this.#memory = 0n;
      this.#handle = this.#newHandle(values);
      return;
    }
    this.#tensor = newTensor(tf, [values.length], this.#dtype, values);
    this.#memory = tf.api.TF_TensorData(this.#tensor);
    const pointer = tf.api.TFE_NewTensorHandle(this.#tensor, tf.status);
    check(tf, () => "making a step's input failed");
    this.#handle = binding.adoptHandle(pointer);
  }

  /** Valid until the next `write`. */
  get handle(): Handle {
    return this.#handle;
  }

  /** @param values as many as at first, of the same type */
  write(values: Float32Array | Int32Array): void {
    if (values.length !== this.#length)
      throw new RangeError(`a reused tensor holds ${this.#length} values, but was given ${values.length}`);
    if (this.#tensor === undefined) {
      binding.deleteTensor(this.#handle.id);
      this.#handle = this.#newHandle(values);
    } else tensorflow().memcpy(this.#memory, values, values.byteLength);
  }

  dispose(): void {
    binding.deleteTensor(this.#handle.id);
    if (this.#tensor !== undefined) tensorflow().api.TF_DeleteTensor(this.#tensor);
  }

  #newHandle(values: Float32Array | Int32Array): Handle {
    return binding.handle(binding.createTensor([values.length], this.#dtype, values), "a step's input");
  }
}
