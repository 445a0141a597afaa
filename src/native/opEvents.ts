/** The ops of a profile one by one, in the order in which they ended. */
import type { SeenOp, SeenTensor } from "./opWatch.js";

type Shape = readonly number[];

export interface OpEvent {
  /** Of an op, such as `MatMul`; `captured step` for a step that runs as one function. */
  readonly name: string;
  /** Milliseconds after the profile began. */
  readonly begin: number;
  readonly milliseconds: number;
  /** Shapes of what went in and came out; none of a captured step, whose tensors are not looked at. */
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** Whether it ran on a thread of its own, so that others may have run meanwhile. */
  readonly aside: boolean;
}

/** Each takes some 200 bytes. */
export const mostEvents = 200_000;

/** Invariant: `list` has no more than `most`; those that came later are counted in `leftOut`. */
export class OpEvents {
  readonly list: OpEvent[] = [];
  leftOut = 0;
  readonly #origin: number;
  readonly #most: number;

  /** @param origin when the profile began, as `performance.now()` tells it. */
  constructor(origin: number, most = mostEvents) {
    this.#origin = origin;
    this.#most = most;
  }

  add({ name, begin, end, inputs = [], outputs = [], aside = false }: SeenOp): void {
    if (this.list.length >= this.#most) {
      this.leftOut++;
      return;
    }
    const shapes = (tensors: readonly SeenTensor[]) => tensors.map(({ shape }) => shape);
    this.list.push({
      name,
      begin: begin - this.#origin,
      milliseconds: end - begin,
      inputs: shapes(inputs),
      outputs: shapes(outputs),
      aside,
    });
  }
}
