import { expect, it } from "vitest";
import { durationText } from "../../../src/base/durationText.js";

it("gives a duration in the unit that fits", () => {
  const told = {
    "0 s": 0,
    "40 ns": 4e-8,
    "1 µs": 9.9999e-7,
    "2.5 µs": 2.5e-6,
    "999 µs": 0.000_999_4,
    "1 ms": 9.99928e-4,
    "6 ms": 0.00600004,
    "999 ms": 0.9994,
    "1 s": 0.9999,
    "4.25 s": 4.25,
    "59.9 s": 59.94,
    "1 min": 59.96,
    "2 min 5 s": 125.2,
    "59 min 59 s": 3599.4,
    "1 h": 3599.6,
    "3 h 12 min": 3 * 3600 + 12 * 60 + 20,
    "1 d": 86_399,
    "2 d 4 h": 52 * 3600,
    "400 d": 400 * 86_400,
    "-3 s": -3,
    "NaN s": Number.NaN,
  };
  for (const [text, seconds] of Object.entries(told)) expect(durationText(seconds)).toBe(text);
});
