/** What the tracker needs of a tensor of TensorFlow.js, which it does not know. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): ArrayLike<number>;
}

export function isTensorLike(value: unknown): value is TensorLike {
  const { shape, dataSync } = (value ?? {}) as Partial<TensorLike>;
  return Array.isArray(shape) && typeof dataSync === "function";
}
