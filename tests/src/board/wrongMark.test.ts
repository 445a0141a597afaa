import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as vega from "vega";
import { expect, it } from "vitest";
import { markNames, wrongMark } from "../../../src/board/wrongMark.js";

const require = createRequire(import.meta.url);
const read = (path: string) =>
  JSON.parse(readFileSync(path, "utf8")) as { definitions: Record<string, never> };

it("knows the marks of Vega-Lite's own schema, and no other", () => {
  const { definitions } = read(require.resolve("vega-lite/build/vega-lite-schema.json"));
  const { Mark, CompositeMark } = definitions as unknown as {
    Mark: { enum: string[] };
    CompositeMark: { anyOf: { $ref: string }[] };
  };
  const composite = CompositeMark.anyOf.map(
    ({ $ref }) => (definitions[$ref.replace("#/definitions/", "")] as unknown as { const: string }).const,
  );
  expect([...markNames["vega-lite"]].sort()).toEqual([...Mark.enum, ...composite].sort());
});

it("knows the marks that Vega draws, and no other", () => {
  const { Marks } = vega as unknown as { Marks: Record<string, unknown> };
  expect([...markNames.vega].sort()).toEqual(Object.keys(Marks).sort());
});

it("finds none in a chart without fault, and bears what is no specification", () => {
  expect(
    wrongMark({ layer: [{ mark: "line" }, { mark: { type: "boxplot" } }] }, "vega-lite"),
  ).toBeUndefined();
  expect(wrongMark({ marks: [{ type: "group", marks: [{ type: "rect" }] }] }, "vega")).toBeUndefined();
  expect(wrongMark({ layer: null, hconcat: "x", spec: [3, null] }, "vega-lite")).toBeUndefined();
  let deep: Record<string, unknown> = { mark: "brr" };
  for (let i = 0; i < 50_000; i++) deep = { layer: [deep] };
  expect(wrongMark(deep, "vega-lite")).toContain('it was "brr", and the nearest is "bar"');
});
