/** What each layer's ops cost, forward and backward. */
import type { LayerScope, LayerSpan, ScopedLayer } from "./layerScopes.js";

export interface LayerCost {
  /** The layer's name. */
  readonly layer: string;
  /** Such as `Dense`. */
  readonly className: string;
  /** How often it was applied to tensors. */
  readonly calls: number;
  /** Milliseconds in TensorFlow of the ops that ran while it was applied. */
  readonly forward: number;
  /** Milliseconds in TensorFlow of the ops of their gradients. */
  readonly backward: number;
  /** Floating-point operations of both, as far as ops are counted: see `OpCost`. */
  readonly flops: number;
  /** What the outputs of these ops took in memory, all together; little of it at once. */
  readonly bytes: number;
  /** Of the time of all ops, 0 to 1. */
  readonly share: number;
}

/** What no layer ran: loss, optimiser, the sum of gradients that meet, what is made of the data. */
export interface OutsideCost {
  readonly milliseconds: number;
  readonly flops: number;
  readonly bytes: number;
  readonly share: number;
}

/** Of one op. */
interface Spent {
  readonly milliseconds: number;
  readonly flops?: number | undefined;
  readonly bytes?: number | undefined;
}

const nothing = { calls: 0, forward: 0, backward: 0, flops: 0, bytes: 0 };

/** Invariant: what is added is in one layer's sums or in those outside, so that all sum to the whole. */
export class LayerCosts {
  readonly #layers = new Map<ScopedLayer, typeof nothing>();
  readonly #outside = { milliseconds: 0, flops: 0, bytes: 0 };

  add(scope: LayerScope | undefined, { milliseconds, flops = 0, bytes = 0 }: Spent): void {
    const sums = scope ? this.#of(scope.layer) : this.#outside;
    sums.flops += flops;
    sums.bytes += bytes;
    if (scope) this.#of(scope.layer)[scope.pass] += milliseconds;
    else this.#outside.milliseconds += milliseconds;
  }

  spanned({ layer, pass }: LayerSpan): void {
    if (pass === "forward") this.#of(layer).calls++;
  }

  /** In the order in which they were first seen, which is from the input on; layers of one name are kept apart. */
  result(): { layers: LayerCost[]; outside: OutsideCost } {
    const sums = [...this.#layers.values()];
    const whole = sums.reduce((sum, { forward, backward }) => sum + forward + backward, 0);
    const share = (part: number) => part / (whole + this.#outside.milliseconds || 1);
    const layers = [...this.#layers].map(([layer, cost]) => ({
      layer: layer.name,
      className: layer.getClassName(),
      ...cost,
      share: share(cost.forward + cost.backward),
    }));
    return { layers, outside: { ...this.#outside, share: share(this.#outside.milliseconds) } };
  }

  #of(layer: ScopedLayer) {
    const found = this.#layers.get(layer);
    if (found) return found;
    const sums = { ...nothing };
    this.#layers.set(layer, sums);
    return sums;
  }
}
