import { describe, expect, it } from "vitest";
import { panelRows } from "../../../../src/board/web/panelRows.js";
import { panelText } from "../../../../src/board/web/panelText.js";

const spec = {
  title: { text: "log10 |g|", subtitle: ["of deep", "3 layers"] },
  data: {
    values: [
      { step: 1, layer: "one" },
      { step: 2, size: null },
    ],
  },
  encoding: { x: { field: "step" }, y: { field: "layer", title: "layer of the model" } },
};

describe("panelRows", () => {
  it("has the columns of all rows", () => {
    expect(panelRows(spec)).toEqual({
      header: ["step", "layer", "size"],
      rows: [
        [1, "one", ""],
        [2, "", ""],
      ],
    });
  });

  it("counts parts that have data of their own, less those that only carry a text", () => {
    const layers = { ...spec, layer: [{ data: { values: [{}] } }, { data: { values: [{ at: 3 }] } }] };
    const { header, rows } = panelRows(layers);
    expect(header).toEqual(["part", "step", "layer", "size", "at"]);
    expect(rows.at(-1)).toEqual([2, "", "", "", 3]);
  });
});

describe("panelText", () => {
  it("says title, subtitle, axes and size", () => {
    expect(panelText("log10 |g|", spec)).toBe(
      "log10 |g|. of deep. 3 layers. across: step; upwards: layer of the model. 2 rows of data",
    );
  });
});
