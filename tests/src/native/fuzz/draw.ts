/** Draws of one seeded stream, as calls of TensorFlow.js are made of them. */
import { seeded } from "../../../kernel-ext/front/hostileMessages.js";

export type DataType = "float32" | "int32" | "bool" | "complex64" | "string";

/** A tensor that is still to be made: what a call says of it is all there is to it. */
export class TensorSpec {
  constructor(
    readonly dtype: DataType,
    readonly shape: readonly number[],
    readonly values: readonly (number | string)[],
    readonly disposed = false,
  ) {}
}

/** Numbers that no argument is meant to be. */
export const hostileNumbers = [
  -1,
  0,
  1,
  2,
  7,
  -3,
  0.5,
  1e-300,
  1000,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 40,
  -(2 ** 40),
  2 ** 53 - 1,
  -(2 ** 53) + 1,
  2 ** 62,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
] as const;

export class Draw {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 3; i++) this.#next();
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  many<T>(count: number, one: (i: number) => T): T[] {
    return Array.from({ length: count }, (_, i) => one(i));
  }

  shape(rank: number, most = 4): number[] {
    return this.many(rank, () => this.int(1, most));
  }

  /** An order of the axes. */
  order(rank: number): number[] {
    const axes = this.many(rank, (i) => i);
    for (let i = rank - 1; i > 0; i--) {
      const j = this.int(0, i);
      [axes[i], axes[j]] = [axes[j] as number, axes[i] as number];
    }
    return axes;
  }

  float(shape: readonly number[]): TensorSpec {
    return this.tensor("float32", shape);
  }

  /** Whole numbers from 0 to `most`. */
  ints(shape: readonly number[], most = 3): TensorSpec {
    return new TensorSpec(
      "int32",
      shape,
      this.many(sizeOf(shape), () => this.int(0, most)),
    );
  }

  tensor(dtype: DataType, shape: readonly number[]): TensorSpec {
    return new TensorSpec(dtype, shape, this.values(dtype, sizeOf(shape)));
  }

  values(dtype: DataType, count: number): (number | string)[] {
    if (dtype === "string") return this.many(count, () => this.pick(["", "a", "b c", "ein Wort", "🎈"]));
    if (dtype === "bool") return this.many(count, () => this.int(0, 1));
    if (dtype === "int32") return this.many(count, () => this.int(-2, 5));
    return this.many(count, () => this.int(-20, 20) / 8);
  }
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
