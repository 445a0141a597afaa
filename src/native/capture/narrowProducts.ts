/**
 * Products of a capture in a narrow type: casts around those that gain by it, and none between two of them. What they
 * read is rounded, and so is what they give; in between TensorFlow's kernels add up in float32. All other ops keep
 * float32.
 */
import { sizeOfShape } from "../../base/sizeOfShape.js";
import { DType } from "../dtypes.js";
import { type Narrow, narrowLacks } from "../narrowSupport.js";
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
 * Of padding given in pixels oneDNN has the convolution alone: TensorFlow's own kernels of its gradients add up in the
 * narrow type, which put gradients of filters off by up to 5 % in bfloat16, where rounding alone allows 0.4 %.
 */
const withoutExplicitPadding: ReadonlySet<string> = new Set(["Conv2DBackpropInput", "Conv2DBackpropFilter"]);

/**
 * FLOPs for each value read or written, from which a product gains more by a narrow type than the casts of its values
 * cost. Measured in bfloat16 on an EPYC with avx512_bf16, two cores, TensorFlow 2.21, whole steps against those in float32: the bench's
 * LSTM, whose products have 79 and 41, takes 1.01 times as long with 80 here, 0.79 with 50; its CNN (332 and 17) 0.76
 * with 60, 0.85 with 15; its ViT (195 to 124, 69, 32) 0.77 with 100, 0.81 with 30.
 */
const leastIntensity = 60;

/**
 * Adds what computes `op` by way of a narrow type, where that gains.
 *
 * @returns its result in float32; undefined where `op` stays as it is
 */
export function inNarrow(op: Rewritten, type: Narrow, graph: Growing): GraphTensor | undefined {
  if (!products.has(op.name) || addsUpNarrow(op) || !gains(op, graph)) return undefined;
  const types = productTypes(type);
  return op.name === "_FusedConv2D" ? unfused(op, types, graph) : product(op, types, graph);
}

export interface ProductTypes {
  /** What operands and results are rounded to. */
  readonly to: number;
  /** What they have when TensorFlow's kernel gets them. */
  readonly kernel: number;
}

export function productTypes(type: Narrow): ProductTypes {
  return { to: DType[type], kernel: kernelType(type) };
}

/** Whether the product of [n, d] and [d, m] gains by a narrow type. */
export function matMulGains(n: number, d: number, m: number): boolean {
  return 2 * n * d * m >= leastIntensity * (n * d + d * m + n * m);
}

/**
 * On a CPU without float16 TensorFlow's own kernels of it add up in float16 and take up to 8 times as long: there
 * float32's compute with what was rounded, as a GPU's kernels add up in float32.
 */
function kernelType(type: Narrow): number {
  return type === "float16" && narrowLacks(type) !== undefined ? DType.float32 : DType[type];
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

/** TensorFlow has no fused convolution of narrow types on a CPU: bias and activation follow in float32. */
function unfused({ attributes, inputs }: Rewritten, types: ProductTypes, graph: Growing): GraphTensor {
  const [x, w, bias] = inputs as [GraphTensor, GraphTensor, GraphTensor];
  const own = attributes.filter(({ name }) => !fusedAlone.has(name));
  const convolution = product({ name: "Conv2D", attributes: own, inputs: [x, w] }, types, graph);
  const float32 = [typed("T", DType.float32)];
  const sum = graph.add({ name: "BiasAdd", attributes: float32, inputs: [convolution, bias] });
  const fused = attributes.find(({ name }) => name === "fused_ops")?.value as readonly string[];
  return fused.includes("Relu") ? graph.add({ name: "Relu", attributes: float32, inputs: [sum] }) : sum;
}

function product(
  { name, attributes, inputs }: Rewritten,
  { to, kernel }: ProductTypes,
  graph: Growing,
): GraphTensor {
  const result = graph.add({
    name,
    attributes: attributes.map((attribute) => retyped(attribute, kernel)),
    inputs: inputs.map((tensor) =>
      isWide(tensor) ? cast(narrow(tensor, to, graph), kernel, graph) : tensor,
    ),
  });
  return cast(cast(result, to, graph), DType.float32, graph);
}

function retyped(attribute: OpAttribute, to: number): OpAttribute {
  const isFloat32 = attribute.type === AttrType.type && attribute.value === DType.float32;
  return isFloat32 ? { ...attribute, value: to } : attribute;
}

/** A narrow product as it was before it became float32, which is the same to the last bit; else a cast. */
function narrow(tensor: GraphTensor, to: number, graph: Growing): GraphTensor {
  const { name, inputs } = graph.nodeOf(tensor);
  const [from] = inputs;
  return name === "Cast" && from?.dtype === to ? from : cast(tensor, to, graph);
}

function cast(tensor: GraphTensor, to: number, graph: Growing): GraphTensor {
  if (tensor.dtype === to) return tensor;
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
