/** What parts of a model draw noise by: those whose `call` was taught to draw from a stream, and the numbers in it. */

export interface LayerNoise {
  /** Whether it changes anything as it is. */
  readonly isActive: boolean;
  /** What is computed of its rates and deviations before any tensor is. */
  readonly numbers: readonly number[];
  /** What of it is no number that could be an input: where this differs, another computation is made. */
  readonly computation: unknown;
}

/** By the method that was put in. */
const taught = new Map<unknown, (part: never) => LayerNoise | undefined>();

/**
 * Tells what parts with this method draw by.
 *
 * @param noiseOf answers undefined for a part that does not draw by numbers of its own
 */
export function describeNoise<Part>(call: unknown, noiseOf: (part: Part) => LayerNoise | undefined): void {
  taught.set(call, noiseOf);
}

/** What a noise layer or a cell with dropout computes with as it is now; undefined for any other part. */
export function layerNoise(part: object): LayerNoise | undefined {
  const noiseOf = taught.get((part as { call?: unknown }).call);
  return noiseOf?.(part as never);
}

/** Something drops a share of its input at these rates; others leave all as it is. */
export function isDropping(rate: number): boolean {
  return rate > 0 && rate < 1;
}

/** The rate, and what the rest is multiplied by. A rate of 1 has numbers that are not finite, which nobody asks for. */
export function dropoutNumbers(rate: number): readonly [rate: number, scale: number] {
  return isDropping(rate) ? [rate, 1 / (1 - rate)] : [0, 0];
}
