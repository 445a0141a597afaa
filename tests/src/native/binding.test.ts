import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { AttrType } from "../../../src/native/opAttributes.js";

const text = (value: string) => new TextEncoder().encode(value);
const read = (values: unknown) => new TextDecoder().decode(values as Uint8Array);
const T = (value: number) => ({ name: "T", type: AttrType.type, value });

/** Values as they come back after a round trip through TensorFlow. */
function roundTrip(shape: number[], dtype: number, values: Parameters<typeof binding.createTensor>[2]) {
  const before = binding.getNumOfTensors();
  const id = binding.createTensor(shape, dtype, values);
  const [copy] = binding.executeOp("Identity", [T(dtype)], [id], 1);
  expect(copy?.shape).toEqual(shape);
  expect(copy?.dtype).toBe(dtype);
  const result = binding.tensorDataSync(copy?.id ?? -1);
  binding.deleteTensor(id);
  binding.deleteTensor(copy?.id ?? -1);
  expect(binding.getNumOfTensors()).toBe(before);
  return result;
}

describe("tensors", () => {
  it("are made of parts, which must fill the shape", () => {
    const part = new Float32Array(2);
    function* parts(count: number) {
      for (let i = 0; i < count; i++) yield part.fill(i);
    }
    const id = binding.createTensorOfParts([2, 3], DType.float32, parts(3));
    expect([...(binding.tensorDataSync(id) as Float32Array)]).toEqual([0, 0, 1, 1, 2, 2]);
    binding.deleteTensor(id);
    for (const count of [2, 4])
      expect(() => binding.createTensorOfParts([2, 3], DType.float32, parts(count))).toThrow(
        `shape asks for 6 values, but ${2 * count} were given`,
      );
  });

  it("are not made of texts in parts: they are no plain bytes", () => {
    expect(() => binding.createTensorOfParts([1], DType.string, [new Uint8Array(24)])).toThrow(
      new TypeError("making a tensor of parts needs numbers, but was given texts"),
    );
  });

  it.each([
    ["float32", DType.float32, Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-38, 3)],
    ["int32", DType.int32, Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0, 1, -1, 7)],
    ["uint8", DType.uint8, Uint8Array.of(0, 255, 1, 2, 3, 4)],
    ["bool", DType.bool, Uint8Array.of(1, 0, 1, 1, 0, 0)],
    ["int64", DType.int64, BigInt64Array.of(2n ** 62n, -1n, 0n, 5n, 6n, -(2n ** 62n))],
    ["float64", DType.float64, Float64Array.of(Math.PI, 1e300, -1e-300, 0, 1, 2)],
  ] as const)("%s keeps its values", (_name, dtype, values) => {
    expect(roundTrip([2, 3], dtype, values)).toEqual(values);
  });

  it("complex64 is pairs of real and imaginary parts", () => {
    const values = Float32Array.of(1, 2, 3, -4);
    expect(roundTrip([2], DType.complex64, values)).toEqual(values);
    const id = binding.createTensor([2], DType.complex64, values);
    const types = [T(DType.complex64), { name: "Tout", type: AttrType.type, value: DType.float32 }];
    const [imaginary] = binding.executeOp("Imag", types, [id], 1);
    expect(binding.tensorDataSync(imaginary?.id ?? -1)).toEqual(Float32Array.of(2, -4));
  });

  it("int64 takes pairs of low and high words, as TensorFlow.js passes them", () => {
    expect(roundTrip([2], DType.int64, Int32Array.of(5, 0, -1, -1))).toEqual(BigInt64Array.of(5n, -1n));
  });

  it("strings of any length and script, of any rank", () => {
    const words = ["", "short", "ein längerer Text, der auf den Heap muß", "漢字 🎈"];
    const back = roundTrip([2, 2], DType.string, words.map(text)) as unknown as Uint8Array[];
    expect(back.map(read)).toEqual(words);
    expect((roundTrip([], DType.string, [text("one")]) as unknown as Uint8Array[]).map(read)).toEqual([
      "one",
    ]);
  });

  it("tensors without elements, and scalars", () => {
    expect(roundTrip([0, 3], DType.float32, new Float32Array())).toEqual(new Float32Array());
    expect(roundTrip([], DType.float32, Float32Array.of(4))).toEqual(Float32Array.of(4));
    expect(roundTrip([3], DType.float32, [1, 2, 3])).toEqual(Float32Array.of(1, 2, 3));
  });

  it("resources pass from op to op", () => {
    const attributes = [
      { name: "dtype", type: AttrType.type, value: DType.float32 },
      { name: "shape", type: AttrType.shape, value: [2] },
      { name: "shared_name", type: AttrType.string, value: "a test's variable" },
    ];
    const [variable] = binding.executeOp("VarHandleOp", attributes, [], 1);
    expect(variable?.dtype).toBe(DType.resource);
    const value = binding.createTensor([2], DType.float32, Float32Array.of(7, 8));
    const dtype = [{ name: "dtype", type: AttrType.type, value: DType.float32 }];
    expect(binding.executeOp("AssignVariableOp", dtype, [variable?.id ?? -1, value], 0)).toEqual([]);
    const [back] = binding.executeOp("ReadVariableOp", dtype, [variable?.id ?? -1], 1);
    expect(binding.tensorDataSync(back?.id ?? -1)).toEqual(Float32Array.of(7, 8));
  });
});

describe("errors", () => {
  const a = () => binding.createTensor([2, 3], DType.float32, new Float32Array(6));
  const no = { name: "transpose_a", type: AttrType.bool, value: false };

  it("carry the op, TensorFlow's message, and the inputs' types and shapes", () => {
    const failed = () => binding.executeOp("MatMul", [T(DType.float32), no], [a(), a()], 1);
    const reason = "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]";
    expect(failed).toThrowError(`MatMul(float32[2,3], float32[2,3]) failed: ${reason}`);
    const error = thrownBy(failed);
    expect(error).toMatchObject({ name: "TensorFlowError", code: 3, reason });
    // Nothing below the stack that a person would read without need.
    expect(inspect(error)).not.toMatch(/code|TF_Status|\{/);
  });

  it("say what helps, and leave TensorFlow's own description of the op to who asks", () => {
    const bools = () => binding.createTensor([2, 2], DType.bool, new Uint8Array(4));
    const failed = () => binding.executeOp("MatMul", [], [bools(), bools()], 1);
    expect(failed).toThrowError(
      /^MatMul\(bool\[2,2\], bool\[2,2\]\) failed: Value for attr 'T' of bool is not in the list of allowed values: [\w, ]+; cast it to one of these, as by tf\.cast\(x, 'float32'\)$/,
    );
    expect((thrownBy(failed) as { reason: string }).reason).toContain("NodeDef");
  });

  // TensorFlow waits 10 s for others to free memory before it says this.
  it("say what a tensor would have needed, and what there is", () => {
    const column = binding.createTensor([1_000_000, 1], DType.float32, new Float32Array(1_000_000));
    const row = binding.createTensor([1, 1_000_000], DType.float32, new Float32Array(1_000_000));
    const error = thrownBy(() => binding.executeOp("AddV2", [], [column, row], 1)) as Error;
    expect(error).toMatchObject({ name: "TensorFlowError", code: 8 });
    expect(error.message).toMatch(
      /^AddV2\(float32\[1000000,1\], float32\[1,1000000\]\) failed: OOM when allocating tensor with shape\[1000000,1000000\].*; it asks for 4\.0 TB, while [\d.]+ [MGT]?B of this machine's [\d.]+ [GT]B are free: take a smaller batch, or free tensors by tf\.tidy and dispose$/,
    );
    for (const id of [column, row]) binding.deleteTensor(id);
    const parts = () => binding.createTensorOfParts([1_000_000, 100_000_000], DType.float32, []);
    expect(thrownBy(parts)).toMatchObject({ code: 8, message: expect.stringContaining("asks for 400 TB") });
  });

  it.each([
    ["no name", () => binding.executeOp(null as never, [], [], 1), /needs its name/],
    ["an unknown op", () => binding.executeOp("NoSuchOp", [], [], 1), /NoSuchOp is no op of this TensorFlow/],
    [
      "attributes that are none",
      () => binding.executeOp("Neg", null as never, [a()], 1),
      /attributes must be an array/,
    ],
    [
      "an attribute of the wrong kind",
      () => binding.executeOp("Neg", [{ ...no, value: 1 }], [a()], 1),
      /must be of type bool, but is 1/,
    ],
    [
      "a list of types",
      () => binding.executeOp("Neg", [{ ...T(1), value: [1, 1] }], [a()], 1),
      /must be of type type/,
    ],
    [
      "an unknown kind of attribute",
      () => binding.executeOp("Neg", [{ ...T(1), type: 99 }], [a()], 1),
      /not 99/,
    ],
    ["inputs that are none", () => binding.executeOp("Neg", [], 3 as never, 1), /inputs must be an array/],
    [
      "a dead input",
      () => binding.executeOp("Neg", [], [10 ** 9], 1),
      /no.*live tensor|disposed or never made/,
    ],
    ["too many outputs", () => binding.executeOp("Neg", [], [a()], 5000), /0 to 1024/],
    [
      "a wrong length",
      () => binding.createTensor([2], DType.float32, Float32Array.of(1)),
      /asks for 2 values, but 1 were given/,
    ],
    [
      "a negative size",
      () => binding.createTensor([-1], DType.float32, new Float32Array()),
      /at least 0, but is \[-1\]/,
    ],
    [
      "a shape that is none",
      () => binding.createTensor(2 as never, DType.float32, new Float32Array(2)),
      /must be an array/,
    ],
    [
      "texts that are no bytes",
      () => binding.createTensor([1], DType.string, ["a"] as never),
      /array of Uint8Array/,
    ],
    [
      "values that are no array",
      () => binding.createTensor([1], DType.float32, 5 as never),
      /typed array or an array of numbers/,
    ],
    [
      "an unknown element type",
      () => binding.createTensor([1], 77, Float32Array.of(1)),
      /known element type, not type 77/,
    ],
    ["a saved model that is none", () => binding.loadSavedModel(3 as never, "serve"), /both texts/],
    ["a saved model id that is none", () => binding.deleteSavedModel(99), /no saved model with id 99/],
  ] as const)("a wrong call is a JavaScript error: %s", (_name, call, message) => {
    expect(call).toThrowError(message);
  });

  it("the next call after an error works", () => {
    expect(() => binding.executeOp("MatMul", [T(1)], [a(), a()], 1)).toThrow();
    const [sum] = binding.executeOp("AddV2", [T(DType.float32)], [a(), a()], 1);
    expect(sum?.shape).toEqual([2, 3]);
  });
});

describe("ops that TensorFlow 2.21 no longer takes as tfjs-node calls them", () => {
  it("rounds whole numbers to themselves", () => {
    const id = binding.createTensor([2], DType.int32, Int32Array.of(3, -4));
    const [rounded] = binding.executeOp("Round", [T(DType.int32)], [id], 1);
    expect(binding.tensorDataSync(rounded?.id ?? -1)).toEqual(Int32Array.of(3, -4));
  });

  it("concatenates scalars", () => {
    const ids = [1, 2].map((value) => binding.createTensor([], DType.float32, Float32Array.of(value)));
    const axis = binding.createTensor([], DType.int32, Int32Array.of(0));
    const attributes = [T(DType.float32), { name: "N", type: AttrType.int, value: 2 }];
    const [joined] = binding.executeOp("ConcatV2", attributes, [...ids, axis], 1);
    expect(binding.tensorDataSync(joined?.id ?? -1)).toEqual(Float32Array.of(1, 2));
  });
});

describe("types that a kernel guesses", () => {
  it("give way to the tensors' own, as with tfjs-node's addon", () => {
    const bytes = binding.createTensor([2], DType.uint8, Uint8Array.of(1, 200));
    const guess = [
      { name: "SrcT", type: AttrType.type, value: DType.int32 },
      { name: "DstT", type: AttrType.type, value: DType.float32 },
    ];
    const [cast] = binding.executeOp("Cast", guess, [bytes], 1);
    expect(binding.tensorDataSync(cast?.id ?? -1)).toEqual(Float32Array.of(1, 200));
    for (const id of [bytes, cast?.id ?? -1]) binding.deleteTensor(id);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("it must throw");
}
