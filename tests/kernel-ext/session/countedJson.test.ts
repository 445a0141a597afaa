import { expect, it } from "vitest";
import { countedJson } from "../../../kernel-ext/session/countedJson.js";

it("writes what JSON.stringify writes, of as many values as are allowed", () => {
  const rows = [{ a: 1 }, { a: null }];
  expect(countedJson(rows, 5)).toEqual({ json: '[{"a":1},{"a":null}]' });
  expect(countedJson(rows, 4)).toEqual({ longest: 2 });
});

it("counts only what is written: no field without a value, but each place of a list", () => {
  const none = { a: undefined, b: () => 1, c: Symbol("c") };
  expect(countedJson([none, none], 3)).toEqual({ json: "[{},{}]" });
  expect(countedJson([undefined, () => 1, 5], 4)).toEqual({ json: "[null,null,5]" });
  expect(countedJson([undefined, () => 1, 5], 3)).toEqual({ longest: 3 });
});

it("gives up at a list that is too long before it looks at what it holds", () => {
  let asked = 0;
  const values = Array.from({ length: 10 }, () => ({ toJSON: () => asked++ }));
  expect(countedJson({ values }, 9)).toEqual({ longest: 10 });
  expect(countedJson({ values: new Float32Array(10) }, 9)).toEqual({ longest: 10 });
  expect(asked).toBe(0);
});
