/** Functions of each element, of one tensor or of two, and reductions of them. */
import type { Draw } from "../draw.js";
import { anyTensor, axisOf, type Calls, type Maker, twoAlike } from "./maker.js";

const unary =
  "abs acos acosh asin asinh atan atanh ceil cos cosh elu erf exp expm1 floor isFinite isInf isNaN leakyRelu log log1p logSigmoid neg reciprocal relu relu6 round rsqrt selu sigmoid sign sin sinh softplus sqrt square step tan tanh zerosLike onesLike clone".split(
    " ",
  );
const binary =
  "add sub mul div divNoNan floorDiv maximum minimum mod pow squaredDifference atan2 equal notEqual greater greaterEqual less lessEqual prelu".split(
    " ",
  );
const logical = "logicalAnd logicalOr logicalXor".split(" ");
const reductions = "sum mean prod max min logSumExp moments".split(" ");

const each = (names: readonly string[], maker: Maker): Calls =>
  Object.fromEntries(names.map((name) => [name, maker]));

function reduction(d: Draw): unknown[] {
  const shape = d.shape(d.int(1, 4));
  return [d.float(shape), d.chance(0.3) ? null : axisOf(d, shape.length), d.chance(0.5)];
}

export const elementwise: Calls = {
  ...each(unary, anyTensor),
  ...each(binary, (d) => twoAlike(d.pick(["float32", "int32"]), d)),
  ...each(logical, (d) => twoAlike("bool", d)),
  ...each(reductions, reduction),
};
