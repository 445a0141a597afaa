import { describe, expect, it } from "vitest";
import { HeapReport, saysHeapFull } from "../../../kernel-ext/front/heapReport.js";

describe("a HeapReport", () => {
  it("passes what comes before, and gives the rest when asked", () => {
    const report = new HeapReport();
    expect(report.pass("words\n")).toBe("words\n");
    expect(report.pass("more\n\n<--- Last few GCs --->\n\n[1:0x1]")).toBe("more\n");
    expect(report.pass("and frames")).toBe("");
    expect(report.release()).toBe("<--- Last few GCs --->\n\n[1:0x1]and frames");
    expect(report.release()).toBe("");
    expect(report.pass("later")).toBe("later");
  });
});

it("knows the verdict of a full heap only", () => {
  expect(
    saysHeapFull(
      "x\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----",
    ),
  ).toBe(true);
  expect(saysHeapFull("FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal")).toBe(false);
  expect(saysHeapFull("CUDA: out of memory")).toBe(false);
});
