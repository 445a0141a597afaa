/** Makes a call of a native op wrong: its attributes, its inputs, or how many outputs it is to have. */
import { type Draw, hostileNumbers } from "./draw.js";
import { makeStrangers } from "./strangers.js";
import type { Native, Tensors, Tf } from "./tensors.js";
import { type Attribute, wrongAttributes } from "./wrongAttributes.js";
import { wrongly } from "./wrongly.js";

interface OpCall {
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly number[];
  readonly outputs: number;
}

interface Tools {
  readonly tf: Tf;
  readonly tensors: Tensors;
  /** As it was before anything listened to it. */
  readonly binding: Pick<Native, "createTensor" | "executeOp">;
}

export class WrongOp {
  readonly #tools: Tools;
  #strangers: number[] | undefined;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  make(draw: Draw, call: OpCall): OpCall {
    let wrong = call;
    for (let i = draw.int(1, 3); i > 0; i--) {
      if (draw.chance(0.45)) wrong = { ...wrong, attributes: wrongAttributes(draw, wrong.attributes) };
      else if (draw.chance(0.9)) wrong = { ...wrong, inputs: this.#wrongInputs(draw, wrong.inputs) };
      else wrong = { ...wrong, outputs: draw.pick([0, 1, 2, 5, 1024, ...hostileNumbers]) };
    }
    return wrong;
  }

  #wrongInputs(draw: Draw, inputs: readonly number[]): number[] {
    const { tf, tensors } = this.#tools;
    const place = draw.int(0, Math.max(0, inputs.length - 1));
    const without = () => inputs.filter((_, i) => i !== place);
    const replaced = (by: number) => inputs.map((old, i) => (i === place ? by : old));
    const id = inputs[place];
    if (id === undefined || draw.chance(0.08)) return [...inputs, this.#stranger(draw)];
    if (draw.chance(0.08)) return without();
    if (draw.chance(0.05)) return replaced(draw.pick([-1, -2, 1e9, 0.5, Number.NaN]));
    if (draw.chance(0.1)) return replaced(this.#stranger(draw));
    const spec = tensors.specOf(id);
    if (!spec) return replaced(this.#stranger(draw));
    const tensor = tensors.made(wrongly(draw, spec));
    return tensor instanceof tf.Tensor && !tensor.isDisposed ? replaced(tensors.idOf(tensor)) : without();
  }

  #stranger(draw: Draw): number {
    this.#strangers ??= makeStrangers(this.#tools.binding);
    return draw.pick(this.#strangers);
  }
}
