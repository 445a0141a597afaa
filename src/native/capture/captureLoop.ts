/** Captures a computation that is done several times in one call. */
import { tf } from "../backend.js";
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import { op1 } from "../op.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import { withoutRewrites } from "../rewrites.js";
import { tensorflow } from "../tensorflow.js";
import { tensorId } from "../tensorId.js";
import { CapturedFunction } from "./capturedFunction.js";
import { CapturedLoop } from "./capturedLoop.js";
import { type CaptureScope, type GraphOptions, refuse, scopeOf, symbol, trace } from "./captureGraph.js";
import type { GraphTensor } from "./graph.js";
import { TracedVariables } from "./tracedVariables.js";
import { Tracer, type TracerOptions } from "./tracer.js";

/** What one turn gives. */
export interface Turn {
  /** float32 [n], the same n in every turn. */
  readonly row: tf.Tensor1D;
  /** bool []; false: this turn is the last. */
  readonly goesOn: tf.Tensor;
}

export interface LoopPlan {
  /** Turns of a call at most. */
  readonly most: number;
  /** Asks for what each turn reads, in the order in which a call gives it; it may reshape that. */
  readonly given: (scope: CaptureScope) => readonly tf.Tensor[];
  /** @param index of the turn, from 0 @param given what `given` returned */
  readonly turn: (index: tf.Scalar, given: readonly tf.Tensor[]) => Turn;
}

/** What goes from turn to turn: index, number of turns, whether it goes on; then what is given; then all rows. */
const leading = 3;

/** A tensor that goes from turn to turn; `value` is the shape behind a variable's handle. */
interface Carried {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly value: readonly number[] | undefined;
}

/** A part of the loop: a function from what is carried. */
interface Part {
  readonly call: CapturedFunction;
  readonly inputs: readonly GraphTensor[];
}

/**
 * A function that does `turn` up to `most` times, each after the one before has written all of its variables.
 *
 * Its inputs are the number of turns, int32 [1], and what `given` asks the scope for. Its outputs are the number of
 * turns that were done, float32 [], and their rows, float32 [most, n], where the rest are 0.
 *
 * @throws CaptureError as `captureGraph` does.
 * @example
 * const loop = captureLoop({
 *   most: 8,
 *   given: (scope) => [scope.input(DType.float32, [8])],
 *   turn: (index, [x]) => ({ row: tf.gather(x, tf.reshape(index, [1])), goesOn: tf.scalar(true) }),
 * });
 */
export function captureLoop(plan: LoopPlan, { without = [], ...options }: GraphOptions = {}): CapturedLoop {
  return withoutRewrites(without, () => loopOf(plan, options));
}

function loopOf(plan: LoopPlan, options: Pick<TracerOptions, "products">): CapturedLoop {
  const start = performance.now();
  const native = tensorflow();
  const outer = new Tracer(native, binding);
  const parts: CapturedFunction[] = [];
  try {
    const values = new Map<number, readonly number[]>();
    const ids = trace(outer, () => begin(outer, plan, values));
    const body = bodyOf(plan, carriedOf(outer, ids.slice(leading), values), options);
    parts.push(body.call);
    const condition = conditionOf(body.inputs);
    parts.push(condition.call);
    const [rows = 0] = trace(outer, () => [tensorId(tf.zeros([plan.most, body.width]))]);
    const carried = [...ids, rows].map((id) => outer.resolve(id));
    const outputs = addWhile(outer, carried, { condition: condition.call, body: body.call });
    const { inputs } = outer;
    const of = { inputs, outputs, begin: start, label: "captured steps" };
    const call = new CapturedFunction(native, outer.graph, of);
    return new CapturedLoop(call, parts);
  } catch (error) {
    for (const part of parts) part.dispose();
    throw error;
  } finally {
    outer.graph.delete();
  }
}

/** What the first turn begins with, but for the rows. */
function begin(outer: Tracer, plan: LoopPlan, values: Map<number, readonly number[]>): number[] {
  const turns = tf.reshape(symbol(outer, DType.int32, [1]), []);
  const scope = scopeOf(outer);
  const given = plan.given({
    ...scope,
    variable(shape) {
      const handle = scope.variable(shape);
      values.set(tensorId(handle), shape);
      return handle;
    },
  });
  return [tf.scalar(0, "int32"), turns, tf.scalar(true), ...given].map(tensorId);
}

function carriedOf(
  outer: Tracer,
  ids: readonly number[],
  values: ReadonlyMap<number, readonly number[]>,
): Carried[] {
  return ids.map((id) => {
    const { dtype, shape } = outer.resolve(id);
    return { dtype, shape, value: values.get(id) };
  });
}

/** One turn: from what is carried to what is carried. */
function bodyOf(
  { most, turn }: LoopPlan,
  given: readonly Carried[],
  options: Pick<TracerOptions, "products">,
): Part & { readonly width: number } {
  const native = tensorflow();
  const tracer = new Tracer(native, binding, options);
  const variables = new TracedVariables(tracer, refuse);
  let width = 0;
  try {
    const ids = trace(tracer, () => {
      const index = symbol(tracer, DType.int32, []) as tf.Scalar;
      const turns = symbol(tracer, DType.int32, []);
      symbol(tracer, DType.bool, []);
      const symbols = given.map((one) => carriedSymbol(tracer, one));
      const { row, goesOn } = turn(index, symbols);
      width = row.shape[0];
      const rows = symbol(tracer, DType.float32, [most, width]);
      return [tf.add(index, tf.scalar(1, "int32")), turns, goesOn, withRow(rows, index, row)].map(tensorId);
    });
    const results = ids.map((id) => tracer.resolve(id));
    const kept = tracer.inputs.slice(leading, -1);
    const outputs = tracer.afterEffects([...results.slice(0, leading), ...kept, ...results.slice(leading)]);
    const { inputs } = tracer;
    return { call: new CapturedFunction(native, tracer.graph, { inputs, outputs }), inputs, width };
  } finally {
    variables.restore();
    tracer.graph.delete();
  }
}

function carriedSymbol(tracer: Tracer, { dtype, shape, value }: Carried): tf.Tensor {
  const made = symbol(tracer, dtype, shape);
  if (value) tracer.declareVariable(tensorId(made), value);
  return made;
}

/** The rows with `row` at `index`. */
function withRow(rows: tf.Tensor, index: tf.Tensor, row: tf.Tensor): tf.Tensor {
  const types = { T: DType.float32, Tindices: DType.int32 };
  return op1("TensorScatterUpdate", { types }, [rows, tf.reshape(index, [1, 1]), tf.expandDims(row)]);
}

/** Whether another turn follows. */
function conditionOf(carried: readonly GraphTensor[]): Part {
  const native = tensorflow();
  const tracer = new Tracer(native, binding);
  try {
    const ids = trace(tracer, () => {
      const [index, turns, goesOn] = carried.map(({ dtype, shape }) => symbol(tracer, dtype, shape)) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      return [tensorId(tf.logicalAnd(tf.less(index, turns), goesOn))];
    });
    const { inputs } = tracer;
    const outputs = ids.map((id) => tracer.resolve(id));
    return { call: new CapturedFunction(native, tracer.graph, { inputs, outputs }), inputs };
  } finally {
    tracer.graph.delete();
  }
}

/**
 * The loop itself: the number of turns done, and the rows. As TensorFlow's own op it would run each turn as a call of a
 * function, one op after another; lowered to a graph with a cycle, what does not depend on each other runs side by side.
 */
function addWhile(
  outer: Tracer,
  carried: readonly GraphTensor[],
  parts: { readonly condition: CapturedFunction; readonly body: CapturedFunction },
): GraphTensor[] {
  const attributes: OpAttribute[] = [
    { name: "T", type: AttrType.typeList, value: carried.map(({ dtype }) => dtype) },
    { name: "cond", type: AttrType.func, value: parts.condition.name },
    { name: "body", type: AttrType.func, value: parts.body.name },
    { name: "_lower_using_switch_merge", type: AttrType.bool, value: true },
    { name: "parallel_iterations", type: AttrType.int, value: 1 },
  ];
  const oper = outer.graph.addOp({ name: "While", attributes, inputs: carried });
  const [done, rows] = [0, carried.length - 1].map((index) => {
    const { shape } = carried[index] as GraphTensor;
    return outer.graph.outputOf(oper, index, { op: "While", shape });
  }) as [GraphTensor, GraphTensor];
  return [inFloat(outer, done), rows];
}

function inFloat(outer: Tracer, whole: GraphTensor): GraphTensor {
  const attributes = [{ name: "DstT", type: AttrType.type, value: DType.float32 }];
  const oper = outer.graph.addOp({ name: "Cast", attributes, inputs: [whole] });
  return outer.graph.outputOf(oper, 0, { op: "Cast" });
}
