/**
 * Dropout in TensorFlow.js's recurrent cells. Their masks are drawn by its dropout function, which draws seeded numbers
 * inside `withSeed`; where the rates are inputs of a captured step, the masks are made here of these.
 */
import { tf } from "./backend.js";
import { describeNoise, dropoutNumbers, isDropping } from "./layerNoise.js";
import { noiseInputs } from "./random.js";
import { seededDropout } from "./seededDropout.js";

type Mask = tf.Tensor | tf.Tensor[] | null;

interface Cell {
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** A person's own function from ones and a rate to a mask. */
  dropoutFunc?: unknown;
  dropoutMask: Mask;
  recurrentDropoutMask: Mask;
  /** Of a stack of cells. */
  readonly cells?: readonly Cell[];
  call(inputs: tf.Tensor[], kwargs: object): tf.Tensor[];
}

interface Recurrent {
  readonly cell: Cell;
  call(inputs: unknown, kwargs: object): unknown;
}

const name = "example";
teach(tf.layers.simpleRNNCell({ name, units: 1 }));
teach(tf.layers.gruCell({ name, units: 1 }));
teach(tf.layers.lstmCell({ name, units: 1 }));
teach(tf.layers.convLstm2dCell({ name, filters: 1, kernelSize: 1 } as never));
keepMasksApart(tf.RNN.prototype as unknown as Recurrent);

/** Changes the class of `example` (and the classes that inherit its `call`). */
function teach(example: object): void {
  const prototype = Object.getPrototypeOf(example) as Cell;
  const original = prototype.call;
  prototype.call = function call(this: Cell, inputs, kwargs) {
    const given = noiseInputs(this);
    if (!given) return original.call(this, inputs, kwargs);
    const [rate, scale, recurrentRate, recurrentScale] = given as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    // The masks of the inputs are made first, and lie on the cell when those of the states are made.
    const isOfInputs = () => isDropping(this.dropout) && this.dropoutMask === null;
    this.dropoutFunc = (ones: tf.Tensor) =>
      seededDropout(ones, isOfInputs() ? [rate, scale] : [recurrentRate, recurrentScale]);
    try {
      return original.call(this, inputs, kwargs);
    } finally {
      this.dropoutFunc = undefined;
    }
  };
  describeNoise(prototype.call, ({ dropout, recurrentDropout, dropoutFunc }: Cell) => {
    if (dropoutFunc) return undefined;
    const computation = [isDropping(dropout), isDropping(recurrentDropout)];
    const numbers = [...dropoutNumbers(dropout), ...dropoutNumbers(recurrentDropout)];
    return { isActive: computation.some(Boolean), numbers, computation };
  });
}

/**
 * A layer's masks are those of one call. TensorFlow.js sees to that in its layers with a cell of their own, not in `rnn`
 * around a cell or several: there the first call's mask stayed, even where that call was a prediction.
 */
function keepMasksApart(prototype: Recurrent): void {
  const original = prototype.call;
  prototype.call = function call(this: Recurrent, inputs, kwargs) {
    forgetMasks(this.cell);
    try {
      return original.call(this, inputs, kwargs);
    } finally {
      forgetMasks(this.cell);
    }
  };
}

function forgetMasks(cell: Cell): void {
  for (const inner of cell.cells ?? []) forgetMasks(inner);
  tf.dispose([cell.dropoutMask ?? [], cell.recurrentDropoutMask ?? []]);
  if (cell.dropoutMask) cell.dropoutMask = null;
  if (cell.recurrentDropoutMask) cell.recurrentDropoutMask = null;
}
