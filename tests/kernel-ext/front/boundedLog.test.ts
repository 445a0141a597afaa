import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { boundedLog } from "../../../kernel-ext/front/boundedLog.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("writes what comes now and then, and counts what comes too fast", () => {
  const written: string[] = [];
  const log = boundedLog((text) => written.push(text));
  for (let i = 0; i < 1000; i++) log(`line ${i}`);
  expect(written).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i}`));
  vi.advanceTimersByTime(1000);
  expect(written.slice(50)).toEqual(["950 more lines were left out, as too many came at once"]);
  log("later");
  vi.advanceTimersByTime(5000);
  expect(written.slice(51)).toEqual(["later"]);
});

it("shortens a long text, and says how long it was", () => {
  const written: string[] = [];
  boundedLog((text) => written.push(text))("x".repeat(1_000_000));
  expect(written).toEqual([`${"x".repeat(8000)}… (1000000 characters)`]);
});
