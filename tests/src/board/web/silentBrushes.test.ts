import { compile, type TopLevelSpec } from "vega-lite";
import { expect, it } from "vitest";
import { withSilentBrushes } from "../../../../src/board/web/silentBrushes.js";

/** Names of marks at any depth, with what a screen reader is told to pass over. */
function silent(spec: unknown): [name: string, silent: boolean][] {
  const { marks = [] } = spec as { marks?: { name?: string; aria?: boolean }[] };
  return marks.flatMap((mark) => [
    [mark.name ?? "", mark.aria === false] as [string, boolean],
    ...silent(mark),
  ]);
}

it("silences the rectangles of Vega-Lite's brushes, in nested views too, and no mark of the data", () => {
  const view = (name: string) => ({
    mark: "point",
    params: [{ name, select: "interval" }],
    data: { values: [{ x: 1 }] },
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "x", type: "quantitative" } },
  });
  const { spec } = compile({ hconcat: [view("one"), view("two_brush_of")] } as unknown as TopLevelSpec);
  const found = silent(withSilentBrushes(spec as object));
  const passedOver = found.filter(([, is]) => is).map(([name]) => name);
  expect(passedOver).toEqual(["one_brush_bg", "one_brush", "two_brush_of_brush_bg", "two_brush_of_brush"]);
  expect(found.map(([name]) => name)).toEqual(expect.arrayContaining(["concat_0_marks", "concat_1_marks"]));
});
