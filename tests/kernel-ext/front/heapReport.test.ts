import { describe, expect, it } from "vitest";
import { HeapReport } from "../../../kernel-ext/front/heapReport.js";

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
