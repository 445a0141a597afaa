/** Makes a call inside a captured function: some of its tensors are arguments of that, the others constants of it. */
import type { capture as Capture, tf as Tfjs } from "../../../../src/native/index.js";
import type { Draw } from "./draw.js";
import type { Tensors, Tf } from "./tensors.js";

interface Tools {
  readonly tf: Tf;
  readonly capture: typeof Capture;
  readonly tensors: Tensors;
}

/** Where an argument of the captured function belongs in the call. */
class Place {
  constructor(readonly index: number) {}
}

type Make = (args: unknown[]) => unknown;

export class InCapture {
  readonly #tools: Tools;
  /** Two calls of the captured function are one call of the fuzz: the second runs what the first noted. */
  readonly #calls = 2;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** @throws what noting or running the call throws. */
  call(draw: Draw, args: unknown[], make: Make): unknown {
    const { tf, capture } = this.#tools;
    const given: Tfjs.Tensor[] = [];
    const placed = this.#replaced(args, (tensor) =>
      draw.chance(tensor.isDisposed ? 0.1 : 0.8) ? new Place(given.push(tensor) - 1) : tensor,
    );
    const captured = capture((zeros: Tfjs.Tensor[], symbols: Tfjs.Tensor[]) =>
      this.#whileNoting(
        { draw, zeros, symbols },
        () => make(put(placed, symbols) as unknown[]) as Tfjs.Tensor,
      ),
    );
    const zeros = [tf.scalar(0), tf.scalar(0, "int32"), tf.scalar(false), tf.complex(0, 0)];
    try {
      let result: unknown;
      for (let i = 0; i < this.#calls; i++) result = captured(zeros, given);
      return result;
    } finally {
      captured.dispose();
    }
  }

  /** Half of what is made meanwhile is a symbol too: its values are not known when the op is noted. */
  #whileNoting<T>(
    { draw, zeros, symbols }: { draw: Draw; zeros: Tfjs.Tensor[]; symbols: Tfjs.Tensor[] },
    make: () => T,
  ): T {
    const { tf, tensors } = this.#tools;
    for (const tensor of [...zeros, ...symbols]) tensors.noteSymbol(tensor);
    tensors.through = (made) => {
      const zero = zeros.find(({ dtype }) => dtype === made.dtype);
      if (!zero || draw.chance(0.5)) return made;
      return made.dtype === "bool" ? tf.logicalOr(made, zero) : tf.add(made, zero);
    };
    try {
      return make();
    } finally {
      tensors.through = (made) => made;
      tensors.symbols.clear();
    }
  }

  #replaced(value: unknown, by: (tensor: Tfjs.Tensor) => unknown): unknown {
    if (value instanceof this.#tools.tf.Tensor) return by(value);
    if (Array.isArray(value)) return value.map((one) => this.#replaced(one, by));
    return isRecord(value) ? entriesOf(value, (one) => this.#replaced(one, by)) : value;
  }
}

function put(value: unknown, symbols: readonly Tfjs.Tensor[]): unknown {
  if (value instanceof Place) return symbols[value.index];
  if (Array.isArray(value)) return value.map((one) => put(one, symbols));
  return isRecord(value) ? entriesOf(value, (one) => put(one, symbols)) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

function entriesOf(
  record: Record<string, unknown>,
  of: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
