import { expect, it } from "vitest";
import { counted } from "../../../src/base/counted.js";

it("says one of it, and any other number of them", () => {
  expect([0, 1, 12_000].map((count) => counted(count, "layer"))).toEqual([
    "0 layers",
    "1 layer",
    "12,000 layers",
  ]);
});
