import { expect, it } from "vitest";
import { pngSize } from "../../../src/base/png.js";
import { drawFigure } from "../../../src/board/drawFigure.js";

const chart = { data: { values: [{ a: 1 }] }, encoding: { x: { field: "a", type: "quantitative" } } };

it("draws a PNG", async () => {
  expect(pngSize(await drawFigure({ ...chart, mark: "bar", width: 50 })).width).toBeGreaterThan(50);
});

it("names a mark that there is none of, and the nearest", async () => {
  await expect(drawFigure({ ...chart, mark: "brr" })).rejects.toThrow(
    /^draw chart: a mark of Vega-Lite must be one of arc, .*; it was "brr", and the nearest is "bar"$/,
  );
});

it("says of another mistake what Vega says", async () => {
  const elsewhere = { ...chart, mark: "bar", data: { url: "http://127.0.0.1:9/data.json" } };
  await expect(drawFigure(elsewhere)).rejects.toThrow("is not loaded for a picture");
});
