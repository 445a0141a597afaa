/**
 * Turns of the loops in which an LSTM runs (Hochreiter & Schmidhuber 1997) and its gradient comes back. With n rows and
 * u units, all gates at once are [n, 4u], in TensorFlow.js's order: input, forget, candidate, output.
 */
import type { GraphTensor } from "../capture/graph.js";
import type { ProductTypes } from "../capture/narrowProducts.js";
import { DType } from "../dtypes.js";
import { type FunctionBody, type FunctionBuilder, functionName, listType } from "./functionBuilder.js";
import { type Gate, type GateName, gates } from "./gates.js";

const { bool, float32, int32 } = DType;

export interface LstmKind {
  readonly gate: GateName;
  /** In what the products with the recurrent kernel are computed. */
  readonly types: ProductTypes;
  /** How many steps a turn takes; it divides their number. */
  readonly perTurn: number;
}

/**
 * How many steps a turn takes: the largest divisor up to 8, so that what TensorFlow does between turns costs less. At
 * 50 steps of 64 rows and 128 units, 5 a turn save 4 to 6 % of a training step.
 */
export function stepsPerTurn(steps: number): number {
  let perTurn = 8;
  while (steps % perTurn !== 0) perTurn--;
  return perTurn;
}

/** A loop: what goes from turn to turn, and the functions that say whether another turn follows, and take it. */
export interface Loop {
  readonly types: readonly number[];
  readonly condition: string;
  readonly body: string;
}

/**
 * Carried: the next step, the number of steps, a list of all steps' inputs to the gates [n, 4u], the recurrent kernel
 * [u, 4u], h and c [n, u], a list of each step's h, and, where `keeps`, a list of what the gradient needs.
 */
export function forwardLoop(kind: LstmKind, keeps: boolean): Loop {
  const { kernel } = kind.types;
  const types = [int32, int32, listType, kernel, float32, float32, listType, ...(keeps ? [listType] : [])];
  const key = `lstm ${keyOf(kind)} ${keeps}`;
  const condition = functionName(`${key}?`, types, (builder, [step, count]) => [
    compared(builder, "Less", step as GraphTensor, count as GraphTensor),
  ]);
  return { types, condition, body: functionName(key, types, repeated(forwardStep(kind), kind.perTurn)) };
}

/**
 * Carried: how many steps are left, the recurrent kernel transposed [4u, u], the gradients of h and c [n, u], what was
 * kept, and a list of the gradients of all steps' inputs to the gates. Where `sequences`, also a list of the gradients
 * of each step's h.
 */
export function backwardLoop(kind: LstmKind, sequences: boolean): Loop {
  const { kernel } = kind.types;
  const types = [int32, kernel, float32, float32, listType, listType, ...(sequences ? [listType] : [])];
  const key = `lstm's gradient ${keyOf(kind)} ${sequences}`;
  const condition = functionName(`${key}?`, types, (builder, [left]) => [
    compared(builder, "Greater", left as GraphTensor, builder.int(0)),
  ]);
  return { types, condition, body: functionName(key, types, repeated(backwardStep(kind), kind.perTurn)) };
}

function keyOf({ gate, types, perTurn }: LstmKind): string {
  return `${gate} ${types.to} ${types.kernel} ${perTurn}`;
}

function repeated(step: FunctionBody, times: number): FunctionBody {
  return (builder, carried) => {
    let values = [...carried];
    for (let i = 0; i < times; i++) values = step(builder, values);
    return values;
  };
}

function compared(builder: FunctionBuilder, name: string, a: GraphTensor, b: GraphTensor): GraphTensor {
  return builder.one(name, { types: { T: int32 } }, [a, b], bool);
}

function forwardStep({ gate, types }: LstmKind): FunctionBody {
  return (builder, carried) => {
    const [step, count, inputs, kernel, h, before, states, kept] = carried as [
      ...Six,
      GraphTensor,
      GraphTensor?,
    ];
    const z = builder.add(product(builder, h, kernel, types), builder.listed(inputs, step));
    const made = cell(builder, gates[gate], z, before);
    const next = builder.add(step, builder.int(1));
    const grown = [...made.kept, before].reduce((list, one) => list && builder.pushed(list, one), kept);
    const lists = [builder.pushed(states, made.h), ...(grown ? [grown] : [])];
    return [next, count, inputs, kernel, made.h, made.c, ...lists];
  };
}

type Three = [GraphTensor, GraphTensor, GraphTensor];
type Four = [...Three, GraphTensor];
type Six = [...Four, GraphTensor, GraphTensor];

/** c = f·c + i·g and h = o·tanh(c), with the gates i, f and o and the candidate g. */
function cell(builder: FunctionBuilder, gate: Gate, z: GraphTensor, before: GraphTensor) {
  const [zi, zf, zg, zo] = split(builder, z);
  const [keptI, keptF, keptO] = [zi, zf, zo].map((one) => gate.kept(builder, one)) as Three;
  const [i, f, o] = [keptI, keptF, keptO].map((one) => gate.open(builder, one)) as Three;
  const g = builder.plain("Tanh", zg);
  const c = builder.add(builder.mul(f, before), builder.mul(i, g));
  const squashed = builder.plain("Tanh", c);
  return { h: builder.mul(o, squashed), c, kept: [keptI, keptF, g, keptO, squashed] };
}

function split(builder: FunctionBuilder, z: GraphTensor): Four {
  const attributes = { types: { T: float32 }, ints: { num_split: 4 } };
  return builder.several("Split", attributes, [builder.int(1), z], Array(4).fill(float32)) as Four;
}

function backwardStep({ gate, types }: LstmKind): FunctionBody {
  return (builder, carried) => {
    const [left, kernel, dh, dc, kept, slopes, above] = carried as [...Six, GraphTensor?];
    const step = builder.plain("Sub", left, builder.int(1));
    const { rest, values } = taken(builder, kept, 6);
    const made = cellSlopes(builder, gates[gate], values as Six, {
      dh: above ? builder.add(dh, builder.listed(above, step)) : dh,
      dc,
    });
    const before = product(builder, made.dz, kernel, types);
    const grown = builder.withListed(slopes, step, made.dz);
    return [step, kernel, before, made.dc, rest, grown, ...(above ? [above] : [])];
  };
}

/** The last of a list, in the order in which they were put there. */
function taken(builder: FunctionBuilder, list: GraphTensor, count: number) {
  const values: GraphTensor[] = [];
  let rest = list;
  for (let i = 0; i < count; i++) {
    const [shorter, last] = builder.popped(rest);
    rest = shorter;
    values.unshift(last);
  }
  return { rest, values };
}

/** The gradients of all gates' inputs together, and of the c before, from those of h and of the c after. */
function cellSlopes(
  builder: FunctionBuilder,
  gate: Gate,
  [keptI, keptF, g, keptO, squashed, before]: Six,
  { dh, dc }: { dh: GraphTensor; dc: GraphTensor },
): { dz: GraphTensor; dc: GraphTensor } {
  const [i, f, o] = [keptI, keptF, keptO].map((one) => gate.open(builder, one)) as Three;
  const mul = (a: GraphTensor, b: GraphTensor) => builder.mul(a, b);
  const whole = builder.add(dc, builder.plain("TanhGrad", squashed, mul(dh, o)));
  const slopes = [
    gate.slope(builder, { kept: keptI, open: i, dy: mul(whole, g) }),
    gate.slope(builder, { kept: keptF, open: f, dy: mul(whole, before) }),
    builder.plain("TanhGrad", g, mul(whole, i)),
    gate.slope(builder, { kept: keptO, open: o, dy: mul(dh, squashed) }),
  ];
  const attributes = { types: { T: float32, Tidx: int32 }, ints: { N: 4 } };
  return { dz: builder.one("ConcatV2", attributes, [...slopes, builder.int(1)]), dc: mul(whole, f) };
}

/** x·w in float32, of operands rounded; `w` has been. */
function product(
  builder: FunctionBuilder,
  x: GraphTensor,
  w: GraphTensor,
  { to, kernel }: ProductTypes,
): GraphTensor {
  const attributes = { types: { T: kernel }, bools: { transpose_a: false, transpose_b: false } };
  const made = builder.one("MatMul", attributes, [builder.cast(builder.cast(x, to), kernel), w], kernel);
  return builder.cast(builder.cast(made, to), float32);
}
