import { expect, test } from "vitest";
import { filterStart } from "../../../src/base/filterStart.js";

test.each<[string, number]>([
  ["", 0],
  ["baseline mnist-* deep", 3],
  ["valAccuracy>0.97 and lr<0.01", 0],
  ["mnist-* valAccuracy>0.97", 1],
  ["mnist-* valAccuracy > 0.97", 1],
  ["mnist-* not status = failed", 1],
  ["a b not not (status=failed or x=1)", 2],
  ["a !(b=1)", 1],
  ["a `odd tag`>1", 1],
  ["a name!=b", 1],
  ["a name !~ b", 1],
  ["/tmp/x=1/run-abcdefgh", 1],
  ["./a=b ../c>d 2026-run", 3],
])("%s", (line, start) => {
  expect(filterStart(line === "" ? [] : line.split(" "))).toBe(start);
});
