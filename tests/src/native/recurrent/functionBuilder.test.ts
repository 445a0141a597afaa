import { expect, it } from "vitest";
import { backend } from "../../../../src/native/backend.js";
import { DType } from "../../../../src/native/dtypes.js";
import { tf } from "../../../../src/native/index.js";
import { knownType } from "../../../../src/native/op.js";
import { type FunctionBody, functionName } from "../../../../src/native/recurrent/functionBuilder.js";
import { noted1 } from "../../../../src/native/recurrent/notedLists.js";
import { tensorId } from "../../../../src/native/tensorId.js";

const double: FunctionBody = (builder, [x]) => [builder.mul(x as never, builder.float(2))];

function call(name: string, x: tf.Tensor): tf.Tensor {
  const attributes = {
    typeLists: { Tin: [DType.float32], Tout: [DType.float32] },
    functions: { f: name },
  };
  return backend.createOutputTensor(knownType(noted1("PartitionedCall", attributes, [tensorId(x)])));
}

it("makes a function once, for every size", () => {
  const name = functionName("a test's double", [DType.float32], double);
  const fails: FunctionBody = () => {
    throw new Error("made again");
  };
  expect(functionName("a test's double", [DType.float32], fails)).toBe(name);
  expect(call(name, tf.tensor1d([1, 2, 3])).arraySync()).toEqual([2, 4, 6]);
  expect(call(name, tf.tensor2d([[5], [7]])).arraySync()).toEqual([[10], [14]]);
});

it("knows nothing under the key of one that failed", () => {
  const wrong: FunctionBody = (builder, [x]) => [builder.one("NoSuchOp", {}, [x as never])];
  expect(() => functionName("a test's failure", [DType.float32], wrong)).toThrow();
  const name = functionName("a test's failure", [DType.float32], double);
  expect(call(name, tf.scalar(4)).arraySync()).toBe(8);
});

it("has lists, of which the last is taken first", () => {
  const name = functionName("a test's list", [DType.float32], (builder, inputs) => {
    const x = inputs[0] as never;
    const types = { element_dtype: DType.float32, shape_type: DType.int32 };
    const empty = builder.one(
      "EmptyTensorList",
      { types },
      [builder.int(-1), builder.int(-1)],
      DType.variant,
    );
    const two = builder.pushed(builder.pushed(empty, x), builder.mul(x, x));
    const [rest, last] = builder.popped(builder.withListed(two, builder.int(0), builder.add(x, x)));
    // x² − 2x
    return [builder.plain("Sub", last, builder.listed(rest, builder.int(0)))];
  });
  expect(call(name, tf.tensor1d([3, 5])).arraySync()).toEqual([3, 15]);
});
