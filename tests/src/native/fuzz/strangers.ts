/** Tensors of types that TensorFlow.js has not, and a variable's handle: the binding's numbers of them. */
import type { Native } from "./tensors.js";

export function makeStrangers({
  createTensor,
  executeOp,
}: Pick<Native, "createTensor" | "executeOp">): number[] {
  const [handle] = executeOp(
    "VarHandleOp",
    [
      { name: "dtype", type: 4, value: 1 },
      { name: "shape", type: 5, value: [2] },
      { name: "shared_name", type: 0, value: "fuzzed" },
    ],
    [],
    1,
  );
  return [
    createTensor([2], 9, BigInt64Array.of(1n, -1n)),
    createTensor([], 9, BigInt64Array.of(2n ** 62n)),
    createTensor([2, 2], 2, Float64Array.of(1, 2, 3, 4)),
    createTensor([4], 4, Uint8Array.of(1, 2, 3, 255)),
    createTensor([0], 1, new Float32Array()),
    createTensor([], 3, Int32Array.of(-1)),
    createTensor([1], 7, [new TextEncoder().encode("text")]),
    handle?.id as number,
  ];
}
