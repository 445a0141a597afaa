import { expect, test } from "vitest";
import { MagicError } from "../../../kernel-ext/magics/magicError.js";
import { requireCode } from "../../../kernel-ext/magics/requireCode.js";

const call = { body: "1" } as unknown as NonNullable<Parameters<typeof requireCode>[1]["call"]>;

test("code stands on the line or below the cell magic", () => {
  expect(() => requireCode("time", {}, "f(x)")).not.toThrow();
  expect(() => requireCode("time", { call }, undefined)).not.toThrow();
});

test("none at all, or some in both places, is refused", () => {
  expect(() => requireCode("time", {}, undefined)).toThrow(
    new MagicError("%time requires code: TypeScript to run"),
  );
  expect(() => requireCode("time", { call }, "f(x)")).toThrow(
    new MagicError('%%time runs the lines below it, but was given "f(x)" beside it'),
  );
});
