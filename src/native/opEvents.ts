/** The ops of a profile one by one, and its layers, in the order in which they ended. */
import type { LayerScope, LayerSpan } from "./layerScopes.js";
import type { SeenOp, SeenTensor } from "./opWatch.js";

type Shape = readonly number[];

export interface OpEvent {
  /** Of an op, such as `MatMul`; `captured step` for a step that runs as one function; of a layer its own name. */
  readonly name: string;
  /** A layer's stretch of time has those of its ops within it. */
  readonly kind: "op" | "layer";
  /** Milliseconds after the profile began. */
  readonly begin: number;
  readonly milliseconds: number;
  /** Shapes of what went in and came out; none of a captured step, whose tensors are not looked at. */
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** As `OpCost` counts them; undefined where that is not known. */
  readonly flops?: number;
  /** What its outputs take in memory; undefined of a captured step and of a layer. */
  readonly bytes?: number;
  /** Whether it ran on a thread of its own, so that others may have run meanwhile. */
  readonly aside: boolean;
  /** The name of the layer that ran it, where one did and `eager` was asked for. */
  readonly layer?: string;
  readonly pass?: "forward" | "backward";
}

/** What is known of an op besides its time. */
interface OpFacts {
  /** The layer that ran it. */
  readonly scope: LayerScope | undefined;
  readonly flops: number | undefined;
  readonly bytes: number | undefined;
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

  add(op: SeenOp, { scope, flops, bytes }: OpFacts): void {
    const { name, begin, end, inputs = [], outputs = [], aside = false } = op;
    const shapes = (tensors: readonly SeenTensor[]) => tensors.map(({ shape }) => shape);
    this.#push({
      name,
      kind: "op",
      begin: begin - this.#origin,
      milliseconds: end - begin,
      inputs: shapes(inputs),
      outputs: shapes(outputs),
      aside,
      ...(flops !== undefined && { flops }),
      ...(bytes !== undefined && { bytes }),
      ...(scope && { layer: scope.layer.name, pass: scope.pass }),
    });
  }

  addSpan({ layer: { name }, pass, begin, end }: LayerSpan): void {
    const when = { begin: begin - this.#origin, milliseconds: end - begin };
    this.#push({ name, kind: "layer", ...when, inputs: [], outputs: [], aside: false, layer: name, pass });
  }

  #push(event: OpEvent): void {
    if (this.list.length < this.#most) this.list.push(event);
    else this.leftOut++;
  }
}

/** What a timeline tells of an event besides its name and time; a shape such as `[2,3]`. */
export function eventFacts(event: OpEvent): Record<string, string | number> {
  const { inputs, outputs, flops, bytes, layer, pass } = event;
  const written = (shapes: readonly Shape[]) => shapes.map((shape) => `[${shape.join(",")}]`).join(" ");
  return {
    ...(inputs.length > 0 && { inputs: written(inputs) }),
    ...(outputs.length > 0 && { outputs: written(outputs) }),
    ...(flops !== undefined && { flops }),
    ...(bytes !== undefined && { bytes }),
    ...(layer !== undefined && { layer }),
    ...(pass !== undefined && { pass }),
  };
}
