import { expect, it } from "vitest";
import { KERNEL_ROOT } from "../../../kernel-ext/language/kernelRoot.js";
import { withPackageNames } from "../../../kernel-ext/language/packageNames.js";

it.each([
  [`typeof import("${KERNEL_ROOT}dist/src/models/index")`, 'typeof import("tunelab")'],
  [
    `import("${KERNEL_ROOT}node_modules/@tensorflow/tfjs-core/dist/tensor").Tensor`,
    'import("@tensorflow/tfjs-core").Tensor',
  ],
  ['module "/a/node_modules/.store/b@1/node_modules/b/c"', 'module "b"'],
  ["Module '\"/a/node_modules/@types/lodash/index\"' has no", "Module '\"lodash\"' has no"],
  ['import("/a/node_modules/@types/scope__name/x")', 'import("@scope/name")'],
  ['typeof import("/home/me/notebook/helper")', 'typeof import("/home/me/notebook/helper")'],
  ['module "../dist/src/models"', 'module "tunelab"'],
  ['module "./helper"', 'module "./helper"'],
  ['module "node:fs"', 'module "node:fs"'],
  ["is not assignable to type '\"/a/node_modules/b\"'", "is not assignable to type '\"/a/node_modules/b\"'"],
])("of %s", (text, expected) => {
  expect(withPackageNames(text, `${KERNEL_ROOT}notebooks`)).toBe(expected);
  expect(withPackageNames(`${text}; ${text}`, `${KERNEL_ROOT}notebooks`)).toBe(`${expected}; ${expected}`);
});
