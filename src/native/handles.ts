/** The tensors that live in TensorFlow on JavaScript's behalf, by number. */
import { dtypeName } from "./dtypes.js";
import type { Pointer } from "./ffi.js";
import { isWatched, noteHeld } from "./opWatch.js";
import { tensorBytes } from "./tensorBytes.js";
import { check, type TensorFlow } from "./tensorflow.js";
import { deleteHandle } from "./tensorMemory.js";

/** What a kernel learns of an op's output. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export interface Handle extends TensorMetadata {
  readonly pointer: Pointer;
}

/**
 * Invariants: ids rise from 0 and are never used twice; a handle is here from its creation to its deletion.
 */
export class Handles {
  readonly #byId = new Map<number, Handle>();
  #next = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** Of all, in memory. */
  get bytes(): number {
    return [...this.#byId.values()].reduce((sum, handle) => sum + tensorBytes(handle), 0);
  }

  /** Takes ownership of a TFE_TensorHandle. */
  add(tf: TensorFlow, pointer: Pointer): Handle {
    const { api, status } = tf;
    const rank = api.TFE_TensorHandleNumDims(pointer, status);
    const shape: number[] = [];
    for (let i = 0; i < rank; i++) shape.push(api.TFE_TensorHandleDim(pointer, i, status));
    check(tf, () => "reading a tensor's shape failed");
    const handle = { id: this.#next++, shape, dtype: api.TFE_TensorHandleDataType(pointer), pointer };
    this.#byId.set(handle.id, handle);
    if (isWatched()) noteHeld(handle);
    return handle;
  }

  /** @throws RangeError when there is no such tensor (any more). */
  get(id: number, use: string): Handle {
    const handle = this.#byId.get(id);
    if (handle) return handle;
    if (typeof id !== "number")
      throw new TypeError(`${use} needs a tensor's id, a number, but was given ${String(id)}`);
    if (id < -1)
      throw new ReferenceError(
        `${use} needs a tensor with values, but was given one that a capture left behind: return it from the captured function`,
      );
    throw new RangeError(
      `${use} needs a live tensor, but there is none with id ${id}: it was disposed or never made`,
    );
  }

  delete(tf: TensorFlow, id: number): void {
    const handle = this.get(id, "deleting a tensor");
    this.#byId.delete(id);
    if (isWatched()) noteHeld(handle, true);
    deleteHandle(tf, handle.pointer, handle.dtype);
  }
}

/** `float32[64,784]` */
export function describe(tensor: Pick<TensorMetadata, "shape" | "dtype">): string {
  return `${dtypeName(tensor.dtype)}[${tensor.shape.join(",")}]`;
}
