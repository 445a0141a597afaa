import { expect, it } from "vitest";
import { compileCell } from "../../../kernel-ext/language/compileCell.js";
import {
  asNestingError,
  isShallow,
  NestingError,
  requireDraftSize,
} from "../../../kernel-ext/language/nesting.js";
import { nested } from "../nestedCode.js";

it("counts words and signs, not characters", () => {
  expect(isShallow("(".repeat(2_000))).toBe(true);
  expect(isShallow("(".repeat(2_001))).toBe(false);
  expect(isShallow("a".repeat(100_000))).toBe(true);
  expect(isShallow(" ".repeat(100_000))).toBe(true);
});

it.each([
  ["sums", 4_000],
  ["method calls", 1_000],
  ["else if", 2_000],
] as const)("compiles %s of %i, as generators write them", async (name, depth) => {
  const { code, errors } = await compileCell(nested[name]?.(depth) ?? "", 1);
  expect(errors).toEqual([]);
  expect(code).not.toBe("");
});

it("tells a stack overflow of ours as the source's fault, and no other error", () => {
  const overflow = (): number => overflow() + 1;
  let thrown: unknown;
  try {
    overflow();
  } catch (error) {
    thrown = error;
  }
  expect(asNestingError(thrown, "x")).toBeInstanceOf(NestingError);
  expect(asNestingError(new RangeError("Invalid array length"), "x")).toBeUndefined();
});

it("bounds what the type checker is asked to complete", () => {
  requireDraftSize("x = 1;\n".repeat(20_000));
  expect(() => requireDraftSize("x = 1;\n".repeat(30_000))).toThrow("at most 100,000 words and signs");
  expect(() => requireDraftSize("[".repeat(10_001))).toThrow("brackets inside each other 10,001 times");
});
