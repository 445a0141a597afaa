import { expect, test } from "vitest";
import { errorRecord } from "../../../src/track/errorRecord.js";

test("keeps what another process says of its error: kind, sentence, stack", () => {
  const stack = "RangeError: too large\nby far\n    at objective (cell-3.ts:2:9)";
  expect(errorRecord(stack)).toEqual({ name: "RangeError", message: "too large\nby far", stack });
  expect(errorRecord("out of memory")).toEqual({ name: "Error", message: "out of memory" });
});

test("leaves secrets out of sentence and stack", () => {
  const error = new TypeError("fetch https://me:sesame@host failed");
  const { name, message, stack } = errorRecord(error);
  expect([name, message]).toEqual(["TypeError", "fetch https://me:***@host failed"]);
  expect(stack).toContain("me:***@host");
  expect(stack).not.toContain("sesame");
  expect(errorRecord("Error: password='sesame'\n    at x").message).toBe("password='***'");
});
