/**
 * Products of a capture in bfloat16: casts around those that gain by it, and none between two of them. What they read
 * is rounded, and so is what they give; in between TensorFlow's kernels add up in float32. All other ops keep float32.
 */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import { DType } from "../dtypes.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import { opFlops } from "../opFlops.js";
import type { GraphNode, GraphTensor } from "./graph.js";
import type { Rewritten } from "./rewrite.js";

/** The graph that grows. */
export interface Growing {
  /** The op's first output; that of the op which is there where it computes the same. */
  add(op: Rewritten): GraphTensor;
  nodeOf(tensor: GraphTensor): GraphNode;
}

/**
 * Those whose bfloat16 kernels are quicker on a CPU. Depthwise convolutions are not among them: forward they gain
 * nothing, their gradients took up to 2.2 times as long.
 */
const products: ReadonlySet<string> = new Set([
  "MatMul",
  "_FusedMatMul",
  "BatchMatMul",
  "BatchMatMulV2",
  "BatchMatMulV3",
  "Conv2D",
  "_FusedConv2D",
  "Conv2DBackpropInput",
  "Conv2DBackpropFilter",
]);

/**
 * Of padding given in pixels oneDNN has the convolution alone: TensorFlow's own kernels of its gradients add up in bfloat16,
 * which put gradients of filters off by up to 5 %, where rounding alone allows 0.4 %.
 */
const withoutExplicitPadding: ReadonlySet<string> = new Set(["Conv2DBackpropInput", "Conv2DBackpropFilter"]);

/**
 * FLOPs for each value read or written, from which a product gains more by bfloat16 than the casts of its values cost.
 * Measured on an EPYC with avx512_bf16, two cores, TensorFlow 2.21, whole steps against those in float32: the bench's
 * LSTM, whose products have 79 and 41, takes 1.01 times as long with 80 here, 0.79 with 50; its CNN (332 and 17) 0.76
 * with 60, 0.85 with 15; its ViT (195 to 124, 69, 32) 0.77 with 100, 0.81 with 30.
 */
const leastIntensity = 60;

/**
 * Adds what computes `op` by way of bfloat16, where that gains.
 *
 * @returns its result in float32; undefined where `op` stays as it is
 */
export function inBfloat16(op: Rewritten, graph: Growing): GraphTensor | undefined {
  if (!products.has(op.name) || addsUpNarrow(op) || !gains(op, graph)) return undefined;
  if (op.name === "_FusedConv2D") return unfused(op, graph);
  return cast(graph.add(narrowed(op, graph)), DType.float32, graph);
}

function addsUpNarrow({ name, attributes }: Rewritten): boolean {
  if (!withoutExplicitPadding.has(name)) return false;
  return attributes.some((attribute) => attribute.name === "padding" && attribute.value === "EXPLICIT");
}

/** Asks the op itself for its result's shape; nothing reads it, so it is left out of the function. */
function gains(op: Rewritten, graph: Growing): boolean {
  const result = graph.add(op);
  if (result.dtype !== DType.float32) return false;
  const flops = opFlops({ ...op, inputs: op.inputs.map(({ shape }) => shape), outputs: [result.shape] });
  const values = [...op.inputs.filter(isWide), result].reduce(
    (sum, { shape }) => sum + sizeOfShape(shape),
    0,
  );
  return (flops ?? 0) >= leastIntensity * values;
}

const fusedAlone: ReadonlySet<string> = new Set([
  "num_args",
  "fused_ops",
  "epsilon",
  "num_host_args",
  "TArgs",
]);

/** TensorFlow has no fused convolution of bfloat16: bias and activation follow in float32. */
function unfused({ attributes, inputs }: Rewritten, graph: Growing): GraphTensor {
  const [x, w, bias] = inputs as [GraphTensor, GraphTensor, GraphTensor];
  const own = attributes.filter(({ name }) => !fusedAlone.has(name));
  const convolution = narrowed({ name: "Conv2D", attributes: own, inputs: [x, w] }, graph);
  const product = cast(graph.add(convolution), DType.float32, graph);
  const float32 = [typed("T", DType.float32)];
  const sum = graph.add({ name: "BiasAdd", attributes: float32, inputs: [product, bias] });
  const fused = attributes.find(({ name }) => name === "fused_ops")?.value as readonly string[];
  return fused.includes("Relu") ? graph.add({ name: "Relu", attributes: float32, inputs: [sum] }) : sum;
}

function narrowed({ name, attributes, inputs }: Rewritten, graph: Growing): Rewritten {
  return {
    name,
    attributes: attributes.map(retyped),
    inputs: inputs.map((tensor) => (isWide(tensor) ? narrow(tensor, graph) : tensor)),
  };
}

function retyped(attribute: OpAttribute): OpAttribute {
  const isFloat32 = attribute.type === AttrType.type && attribute.value === DType.float32;
  return isFloat32 ? { ...attribute, value: DType.bfloat16 } : attribute;
}

/** A product of bfloat16 as it was before it became float32, which is the same to the last bit; else a cast. */
function narrow(tensor: GraphTensor, graph: Growing): GraphTensor {
  const { name, inputs } = graph.nodeOf(tensor);
  const [from] = inputs;
  return name === "Cast" && from?.dtype === DType.bfloat16 ? from : cast(tensor, DType.bfloat16, graph);
}

function cast(tensor: GraphTensor, to: number, graph: Growing): GraphTensor {
  const attributes = [
    typed("SrcT", tensor.dtype),
    typed("DstT", to),
    { name: "Truncate", type: AttrType.bool, value: false },
  ];
  return graph.add({ name: "Cast", attributes, inputs: [tensor] });
}

function typed(name: string, value: number): OpAttribute {
  return { name, type: AttrType.type, value };
}

function isWide({ dtype }: GraphTensor): boolean {
  return dtype === DType.float32;
}
