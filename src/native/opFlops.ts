/** Floating-point operations of the ops that multiply and add: products of matrices, convolutions, their gradients. */
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { OpAttribute } from "./opAttributes.js";

export interface FlopsOf {
  /** TensorFlow's, such as `MatMul`. */
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  /** Shapes. */
  readonly inputs: readonly (readonly number[])[];
  /** Shapes. */
  readonly outputs: readonly (readonly number[])[];
}

/** What an op multiplies and adds; undefined where it cannot be told. */
type Products = (op: FlopsOf) => number | undefined;

const products: Readonly<Record<string, Products>> = {
  MatMul: (op) => matrixProducts(op, "transpose_a"),
  _FusedMatMul: (op) => matrixProducts(op, "transpose_a"),
  BatchMatMul: (op) => matrixProducts(op, "adj_x"),
  BatchMatMulV2: (op) => matrixProducts(op, "adj_x"),
  BatchMatMulV3: (op) => matrixProducts(op, "adj_x"),
  Einsum: einsumProducts,
  Conv2D: ({ inputs: [, filter], outputs: [y] }) => convolved(y, filter),
  _FusedConv2D: ({ inputs: [, filter], outputs: [y] }) => convolved(y, filter),
  Conv2DBackpropInput: ({ inputs: [, filter, dy] }) => convolved(dy, filter),
  Conv2DBackpropFilter: ({ inputs: [, , dy], outputs: [filter] }) => convolved(dy, filter),
  Conv3D: ({ inputs: [, filter], outputs: [y] }) => convolved(y, filter),
  Conv3DBackpropInputV2: ({ inputs: [, filter, dy] }) => convolved(dy, filter),
  Conv3DBackpropFilterV2: ({ inputs: [, , dy], outputs: [filter] }) => convolved(dy, filter),
  DepthwiseConv2dNative: ({ inputs: [, filter], outputs: [y] }) => depthwise(y, filter),
  DepthwiseConv2dNativeBackpropInput: ({ inputs: [, filter, dy] }) => depthwise(dy, filter),
  DepthwiseConv2dNativeBackpropFilter: ({ inputs: [, , dy], outputs: [filter] }) => depthwise(dy, filter),
};

/**
 * Two for each multiplication that is added to a sum, those with padding included; what is fused to a product (bias,
 * activation) is not counted. Undefined for every other op.
 */
export function opFlops(op: FlopsOf): number | undefined {
  const count = Object.hasOwn(products, op.name) ? products[op.name]?.(op) : undefined;
  return count === undefined ? undefined : 2 * count;
}

function matrixProducts(op: FlopsOf, transposed: string): number | undefined {
  const [a] = op.inputs;
  const [product] = op.outputs;
  if (!a || !product) return undefined;
  const inner = a.at(attribute(op, transposed) === true ? -2 : -1);
  return inner === undefined ? undefined : sizeOfShape(product) * inner;
}

/** @param result [n, …, channels], of the forward pass or its gradient; in any order. @param filter […, in, out] */
function convolved(result?: readonly number[], filter?: readonly number[]): number | undefined {
  return result && filter && sizeOfShape(result) * sizeOfShape(filter.slice(0, -1));
}

/** As `convolved`, where each channel has filters of its own. */
function depthwise(result?: readonly number[], filter?: readonly number[]): number | undefined {
  return result && filter && sizeOfShape(result) * sizeOfShape(filter.slice(0, -2));
}

/** Of two operands. A letter that one of them alone has, and the result has not, is summed before the product. */
function einsumProducts(op: FlopsOf): number | undefined {
  const equation = attribute(op, "equation");
  if (typeof equation !== "string" || op.inputs.length !== 2) return undefined;
  const [given = "", result = ""] = equation.replaceAll(" ", "").split("->");
  const [left, right] = given.split(",").map((term, i) => axes(term, op.inputs[i] as readonly number[]));
  const kept = axes(result, op.outputs[0] ?? []);
  if (!left || !right) return undefined;
  const letters = new Set([...left.keys(), ...right.keys()]);
  const multiplied = [...letters].filter((l) => kept.has(l) || (left.has(l) && right.has(l)));
  return sizeOfShape(multiplied.map((l) => kept.get(l) ?? Math.max(left.get(l) ?? 1, right.get(l) ?? 1)));
}

/** The size of each letter; the axes of an ellipsis are numbered from the right, as they are broadcast. */
function axes(term: string, shape: readonly number[]): Map<string, number> {
  const [before = "", after] = term.split("...");
  const free = after === undefined ? 0 : shape.length - before.length - after.length;
  const numbered = Array.from({ length: free }, (_, i) => `…${free - i}`);
  const letters = [...before, ...numbered, ...(after ?? "")];
  return new Map(letters.map((letter, i) => [letter, shape[i] ?? 1]));
}

function attribute({ attributes }: FlopsOf, name: string): unknown {
  const value = attributes.find((one) => one.name === name)?.value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}
