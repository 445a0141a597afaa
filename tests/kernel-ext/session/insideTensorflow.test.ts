import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { namedIfInsideTensorflow } from "../../../kernel-ext/session/insideTensorflow.js";

const require = createRequire(import.meta.url);
const notFound = Object.assign(new Error("Cannot find module"), { code: "ERR_MODULE_NOT_FOUND" });
const told = (module: string, names: readonly string[], error: unknown = notFound) =>
  namedIfInsideTensorflow(error, { module, names }, require);
const advice = (module: string, ...names: string[]) => (told(module, names) as Error).message.split("; ")[1];

it.each([
  ["ops/tensor1d", "tensor1d", 'write import { tensor1d } from "@tensorflow/tfjs-core"'],
  [
    "ops/fused/conv2d",
    "conv2d",
    'write import { fused } from "@tensorflow/tfjs-core", which has fused.conv2d',
  ],
  ["ops/conv2d", "conv2d", 'write import { conv2d } from "@tensorflow/tfjs-core"'],
  [
    "util_base",
    "sizeFromShape",
    'write import { util } from "@tensorflow/tfjs-core", which has util.sizeFromShape',
  ],
  ["engine", "Engine", 'values are to be had of what "@tensorflow/tfjs-core" exports'],
])("names what has the same value as dist/%s", (file, name, expected) => {
  expect(advice(`@tensorflow/tfjs-core/dist/${file}`, name)).toBe(expected);
});

it("names several together, and none where none are named", () => {
  const module = "@tensorflow/tfjs-core/dist/ops/ops";
  expect(advice(module, "add", "conv2d")).toBe('write import { add, conv2d } from "@tensorflow/tfjs-core"');
  expect(advice(module)).toBe('values are to be had of what "@tensorflow/tfjs-core" exports');
});

it("leaves other errors, other packages and packages that are not there", () => {
  const other = new SyntaxError("no");
  expect(told("@tensorflow/tfjs-core/dist/ops/add", ["add"], other)).toBe(other);
  for (const module of [
    "@tensorflow/tfjs-core",
    "lodash/dist/add",
    "@tensorflow/tfjs-none/dist/add",
    "./dist/add",
  ])
    expect(told(module, ["add"])).toBe(notFound);
});
