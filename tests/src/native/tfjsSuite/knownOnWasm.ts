/** The specs of TensorFlow.js that WebAssembly is not held to, each by its full name and with the reason. */
import type { KnownFailure } from "./knownFailures.js";

const ragged = "counts the data that the backend holds, and these lie in the backend in JavaScript";

export const knownOnWasm: readonly KnownFailure[] = [
  {
    spec: "avgPool test-wasm {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit",
    reason: "as with TensorFlow: ours is the gradient of the average, which is over what lies in the image",
  },
  {
    spec: "depthwiseConv2d gradients test-wasm {} throws error on dilations > 1",
    reason: "as with TensorFlow: it has gradients with dilation",
  },
  { spec: "raggedGather  test-wasm {} does not have memory leak.", reason: ragged },
  { spec: "raggedRange  test-wasm {} does not have memory leak.", reason: ragged },
  { spec: "raggedTensorToTensor  test-wasm {} does not have memory leak.", reason: ragged },
];
