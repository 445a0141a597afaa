import { expect, test } from "vitest";
import { isoTime, systemClock } from "../../../src/base/clock.js";

test("a clock counts seconds since 1970", () => {
  expect(Math.abs(systemClock.wallTime() - Date.now() / 1000)).toBeLessThan(1);
  expect(isoTime({ wallTime: () => 1_700_000_000.125 })).toBe("2023-11-14T22:13:20.125Z");
});
