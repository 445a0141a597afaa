import { expect, it } from "vitest";
import { saysHeapFull } from "../../../kernel-ext/language/fullHeap.js";

it("knows the verdict of a full heap only", () => {
  expect(
    saysHeapFull(
      "x\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----",
    ),
  ).toBe(true);
  expect(saysHeapFull("FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal")).toBe(false);
  expect(saysHeapFull("CUDA: out of memory")).toBe(false);
  expect(saysHeapFull("Worker terminated due to reaching memory limit: JS heap out of memory\n")).toBe(true);
});
