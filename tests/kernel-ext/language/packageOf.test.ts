import { expect, it } from "vitest";
import { packageOf } from "../../../kernel-ext/language/packageOf.js";

it.each([
  ["lodash", "lodash"],
  ["lodash/chunk.js", "lodash"],
  ["@scope/name/part", "@scope/name"],
  ["d3-array", "d3-array"],
  ["./file.js", undefined],
  ["/root/file.js", undefined],
  ["@scope", undefined],
  ["node:fs", undefined],
  ["fs", undefined],
  ["fs/promises", undefined],
])("%s asks for %s", (specifier, name) => {
  expect(packageOf(specifier)).toBe(name);
});
