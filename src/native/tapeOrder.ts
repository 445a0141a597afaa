/**
 * TensorFlow.js notes the copy of an output that a gradient saves before it notes the kernel itself. Whoever reads the
 * tape forwards then finds a copy of something that depends on nothing: gradients of gradients through exp, tanh,
 * sigmoid, softmax and others lacked a part, or all. Here a kernel stands before what reads its outputs.
 */
import { tf } from "./backend.js";
import { isGradientOfGradient } from "./capture/freshTape.js";

interface TapeNode {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
}

interface Engine {
  readonly state: { readonly activeTape: TapeNode[] };
  addTapeNode(...of: unknown[]): void;
}

const engine = tf.engine() as unknown as Engine;
const add = engine.addTapeNode;

engine.addTapeNode = function addTapeNode(this: Engine, ...of) {
  add.apply(this, of);
  if (isGradientOfGradient()) sortLast(this.state.activeTape);
};

/** The copies are those right before the kernel. */
function sortLast(tape: TapeNode[]): void {
  const kernel = tape.at(-1) as TapeNode;
  const made = new Set(kernel.outputs.map(({ id }) => id));
  const reads = ({ inputs }: TapeNode) => Object.values(inputs).some(({ id }) => made.has(id));
  let place = tape.length - 1;
  while (place > 0 && reads(tape[place - 1] as TapeNode)) place--;
  if (place === tape.length - 1) return;
  tape.pop();
  tape.splice(place, 0, kernel);
}
