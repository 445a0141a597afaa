import { expect, it } from "vitest";
import { withFittingLegend } from "../../../../src/board/web/fittingLegend.js";

const chart = (domain: string[], legend: unknown = { columns: 6, labelLimit: 120 }) => ({
  width: 260,
  layer: [
    { mark: "line", encoding: { color: { field: "layer", scale: { domain }, legend } } },
    { mark: "rule" },
  ],
});
const columns = (domain: string[]) => {
  const { layer } = withFittingLegend(chart(domain)) as ReturnType<typeof chart>;
  return (layer[0]?.encoding?.color.legend as { columns: number } | undefined)?.columns;
};

it("has as many columns as fit the chart, one at least, and no more than were asked for", () => {
  expect(columns(["hidden_1", "hidden_2", "output"])).toBe(3);
  expect(columns(["a", "b"])).toBe(6);
  expect(columns(["a_block_with_a_very_long_name/convolution_12"])).toBe(1);
});

it("leaves charts without such a legend as they are", () => {
  for (const spec of [chart(["a"], null), { ...chart(["a"]), width: "container" }, { width: 3, mark: "bar" }])
    expect(withFittingLegend(spec)).toEqual(spec);
});
