/** Adds ops to a graph that is to be saved, each with a name of its own. */
import { binding } from "../binding.js";
import type { Graph, GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import type { OpAttribute } from "../opAttributes.js";
import { check, type TensorFlow, tensorflow } from "../tensorflow.js";
import type { ConstantValue } from "./constantRule.js";
import { GraphNames } from "./graphNames.js";

/** An op as it is to be added. */
export interface WrittenOp {
  readonly name: string;
  readonly attributes?: readonly OpAttribute[];
  readonly inputs?: readonly GraphTensor[];
  /** Ops that must have run before. */
  readonly after?: readonly Pointer[];
  /** What the graph is to call it; default the op's name among those of the prediction. */
  readonly label?: string;
}

/** Lifecycle: one for a graph. Shapes of what it returns are not known: they may follow the batch. */
export class GraphWriter {
  readonly graph: Graph;
  readonly names = new GraphNames();
  readonly #tf: TensorFlow = tensorflow();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  add({ name, attributes = [], inputs = [], after = [], label = inPrediction(name) }: WrittenOp): Pointer {
    return this.graph.addOp({ name, attributes, inputs, after, label: this.names.name(label) });
  }

  /** The first output of an op that has one. */
  add1(op: WrittenOp): GraphTensor {
    return this.outputOf(this.add(op), 0);
  }

  outputOf(oper: Pointer, index: number): GraphTensor {
    const output = { oper, index };
    return { output, dtype: this.#tf.api.TF_OperationOutputType(output), shape: [] };
  }

  /** By way of a live tensor: of texts, only those are freed. */
  constant({ dtype, shape, values }: ConstantValue, label = inPrediction("Const")): GraphTensor {
    const { api, status } = this.#tf;
    const { id, pointer } = binding.handle(binding.createTensor(shape, dtype, values), "exporting a model");
    const value = api.TFE_TensorHandleResolve(pointer, status);
    try {
      check(this.#tf, () => "reading a constant failed");
      return this.graph.addConstant(value, { dtype, shape: [...shape], label: this.names.name(label) });
    } finally {
      api.TF_DeleteTensor(value);
      binding.deleteTensor(id);
    }
  }

  /** A scalar of int32. */
  number(value: number, label?: string): GraphTensor {
    return this.constant({ dtype: DType.int32, shape: [], values: Int32Array.of(value) }, label);
  }

  /** A vector of int32. */
  numbers(values: readonly number[], label?: string): GraphTensor {
    const shape = [values.length];
    return this.constant({ dtype: DType.int32, shape, values: Int32Array.from(values) }, label);
  }

  /** A scalar text, or a vector of texts. */
  texts(values: string | readonly string[], label: string): GraphTensor {
    const list = typeof values === "string" ? [values] : values;
    const shape = typeof values === "string" ? [] : [list.length];
    return this.constant(
      { dtype: DType.string, shape, values: list.map((text) => Buffer.from(text)) },
      label,
    );
  }
}

function inPrediction(op: string): string {
  return `predict/${op.replace(/^_+/, "")}`;
}
