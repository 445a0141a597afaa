import { expect, it } from "vitest";
import { withoutFlatNames } from "../../../kernel-ext/language/flatNames.js";

it.each([
  ["const $flat_tfjs_core__dist_environment.ENV: Environment", "const ENV: Environment"],
  ["(x: $flat_tfjs_core__dist_tensor.Tensor<$flat_tfjs_core__dist_types.Rank>)", "(x: Tensor<Rank>)"],
  ["namespace $flat_tfjs_core__dist_io_io", 'module "@tensorflow/tfjs-core"'],
  ["typeof $flat_tfjs_backend_cpu__dist_shared", 'typeof import("@tensorflow/tfjs-backend-cpu")'],
  ["typeof $flat_tfjs_core__dist_ops_add.add_", "typeof add_"],
  ["const data: typeof $flat_tfjs_data", 'const data: typeof import("@tensorflow/tfjs-data")'],
  [
    `Namespace '"/a/flat".$flat_tfjs_core__dist_io_io' has no exported member 'Nothing'`,
    `Namespace '"@tensorflow/tfjs-core"' has no exported member 'Nothing'`,
  ],
  ["$flat.Tensor and flat_tensor.Tensor", "$flat.Tensor and flat_tensor.Tensor"],
])("of %s", (text, expected) => {
  expect(withoutFlatNames(text)).toBe(expected);
});
