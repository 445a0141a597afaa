/**
 * TensorFlow functions that are made op by op, of tensors whose shapes nobody names: one serves every size. They are
 * kept while the process lives, so there may be only so many kinds of them.
 */
import { type AttributesByKind, attributeList } from "../attributesByKind.js";
import { CapturedFunction } from "../capture/capturedFunction.js";
import { Graph, type GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import { tensorflow } from "../tensorflow.js";
import { newTensor } from "../tensorMemory.js";

/** A list of tensors is one tensor of this type. */
export const listType = DType.variant;

const names = new Map<string, string>();

/** Makes the outputs of the inputs. */
export type FunctionBody = (builder: FunctionBuilder, inputs: readonly GraphTensor[]) => GraphTensor[];

/**
 * The name of a function that TensorFlow knows, made at the first call with this key.
 *
 * @param key says all that the body depends on
 * @param types of the inputs
 */
export function functionName(key: string, types: readonly number[], body: FunctionBody): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const native = tensorflow();
  const graph = new Graph(native);
  try {
    const builder = new FunctionBuilder(graph);
    const inputs = types.map((dtype) => builder.one("Placeholder", { types: { dtype } }, [], dtype));
    const outputs = body(builder, inputs);
    const { name } = new CapturedFunction(native, graph, { inputs, outputs });
    names.set(key, name);
    return name;
  } finally {
    graph.delete();
  }
}

/** The ops of one function. Their outputs are float32 where no other type is said. */
export class FunctionBuilder {
  readonly #graph: Graph;
  readonly #constants = new Map<string, GraphTensor>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  several(
    name: string,
    attributes: AttributesByKind,
    inputs: readonly GraphTensor[],
    dtypes: readonly number[],
  ): GraphTensor[] {
    const oper = this.#graph.addOp({ name, attributes: attributeList(attributes), inputs });
    return dtypes.map((dtype, index) => ({ output: { oper, index }, dtype, shape: [] }));
  }

  one(
    name: string,
    attributes: AttributesByKind,
    inputs: readonly GraphTensor[],
    dtype: number = DType.float32,
  ): GraphTensor {
    return this.several(name, attributes, inputs, [dtype])[0] as GraphTensor;
  }

  /** An op that is told the type of its first input, and gives the same. */
  plain(name: string, ...inputs: readonly GraphTensor[]): GraphTensor {
    const { dtype } = inputs[0] as GraphTensor;
    return this.one(name, { types: { T: dtype } }, inputs, dtype);
  }

  add(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.plain("AddV2", a, b);
  }

  mul(a: GraphTensor, b: GraphTensor): GraphTensor {
    return this.plain("Mul", a, b);
  }

  cast(x: GraphTensor, to: number): GraphTensor {
    return x.dtype === to ? x : this.one("Cast", { types: { SrcT: x.dtype, DstT: to } }, [x], to);
  }

  float(value: number): GraphTensor {
    return this.#constant(Float32Array.of(value), DType.float32);
  }

  int(value: number): GraphTensor {
    return this.#constant(Int32Array.of(value), DType.int32);
  }

  #constant(value: Float32Array | Int32Array, dtype: number): GraphTensor {
    const key = `${dtype} ${value[0]}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const native = tensorflow();
    const tensor = newTensor(native, [], dtype, value);
    try {
      const made = this.#graph.addConstant(tensor, { dtype, shape: [] });
      this.#constants.set(key, made);
      return made;
    } finally {
      native.api.TF_DeleteTensor(tensor);
    }
  }

  /** The float32 tensor at `index` of a list. */
  listed(list: GraphTensor, index: GraphTensor): GraphTensor {
    const element_dtype = DType.float32;
    return this.one("TensorListGetItem", { types: { element_dtype } }, [list, index, this.int(-1)]);
  }

  withListed(list: GraphTensor, index: GraphTensor, value: GraphTensor): GraphTensor {
    const types = { element_dtype: value.dtype };
    return this.one("TensorListSetItem", { types }, [list, index, value], listType);
  }

  pushed(list: GraphTensor, value: GraphTensor): GraphTensor {
    return this.one("TensorListPushBack", { types: { element_dtype: value.dtype } }, [list, value], listType);
  }

  /** The list without its last tensor, of float32, and that. */
  popped(list: GraphTensor): [rest: GraphTensor, last: GraphTensor] {
    const types = { element_dtype: DType.float32 };
    const dtypes = [listType, DType.float32];
    return this.several("TensorListPopBack", { types }, [list, this.int(-1)], dtypes) as [
      GraphTensor,
      GraphTensor,
    ];
  }
}
