/**
 * Cheaper ops for what a capture notes one by one. The ops that are no longer needed stay in the graph unread, and
 * TensorFlow drops them. Every rule gives the same digits as the ops it replaces (a test holds it to that).
 */
import { DType } from "../dtypes.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import type { GraphTensor } from "./graph.js";
import type { TracedCall } from "./simplify.js";

/** What a tensor of the graph was made by. */
export interface Origin {
  readonly call: TracedCall;
  readonly inputs: readonly GraphTensor[];
}

export interface Rewritten {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly GraphTensor[];
}

/**
 * The op to note instead of `call`; undefined where no rule fits.
 *
 * @param originOf what made the i-th input of a call; undefined for constants and inputs of the function
 */
export function rewrite(
  call: TracedCall,
  inputs: readonly GraphTensor[],
  originOf: (id: number) => Origin | undefined,
): Rewritten | undefined {
  if (call.name === "Add" || call.name === "AddV2") return biasAdd(call, inputs, originOf);
  if (call.name === "Relu") return fusedRelu(call, originOf);
  return undefined;
}

const float32: OpAttribute = { name: "T", type: AttrType.type, value: DType.float32 };

/** x + b, b one number a channel: BiasAdd, fused with the product it is added to. */
function biasAdd(
  call: TracedCall,
  [x, b]: readonly GraphTensor[],
  originOf: (id: number) => Origin | undefined,
): Rewritten | undefined {
  if (!x || !b || x.dtype !== DType.float32 || b.dtype !== DType.float32) return undefined;
  const isBias = b.shape.length === 1 && x.shape.length >= 2 && x.shape.at(-1) === b.shape[0];
  if (!isBias) return undefined;
  const product = originOf(call.inputs[0] ?? 0);
  return (
    (product && fused(product, b, ["BiasAdd"])) ?? {
      name: "BiasAdd",
      attributes: [float32],
      inputs: [x, b],
    }
  );
}

/** relu(x·w + b) */
function fusedRelu(call: TracedCall, originOf: (id: number) => Origin | undefined): Rewritten | undefined {
  const sum = originOf(call.inputs[0] ?? 0);
  if (!sum || (sum.call.name !== "Add" && sum.call.name !== "AddV2")) return undefined;
  const [x, b] = sum.inputs;
  if (!x || !b || b.shape.length !== 1 || x.shape.at(-1) !== b.shape[0]) return undefined;
  const product = originOf(sum.call.inputs[0] ?? 0);
  return product && fused(product, b, ["BiasAdd", "Relu"]);
}

const fusedNames: Readonly<Record<string, string>> = { Conv2D: "_FusedConv2D", MatMul: "_FusedMatMul" };

function fused(product: Origin, bias: GraphTensor, ops: readonly string[]): Rewritten | undefined {
  const name = fusedNames[product.call.name];
  const [x, w] = product.inputs;
  if (name === undefined || !x || !w || x.dtype !== DType.float32) return undefined;
  const isConvolution = name === "_FusedConv2D";
  const own: OpAttribute[] = [
    { name: "num_args", type: AttrType.int, value: 1 },
    { name: "fused_ops", type: AttrType.stringList, value: ops },
    { name: "epsilon", type: AttrType.float, value: 0 },
  ];
  const more: OpAttribute[] = [
    { name: "num_host_args", type: AttrType.int, value: 0 },
    { name: "TArgs", type: AttrType.typeList, value: [DType.float32] },
  ];
  const attributes = [...product.call.attributes, ...own, ...(isConvolution ? more : [])];
  return { name, attributes, inputs: [x, w, bias] };
}
