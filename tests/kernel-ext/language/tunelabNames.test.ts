import { expect, it } from "vitest";
import { tunelabNames } from "../../../kernel-ext/language/tunelabNames.js";
import * as tunelab from "../../../src/index.js";

it("has every value that tunelab exports, and no other", () => {
  expect([...tunelabNames()].sort()).toEqual(Object.keys(tunelab).sort());
});
