import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BoardData } from "../../../../src/board/content.js";
import { drawFigure } from "../../../../src/board/drawFigure.js";
import { embeddedFigure } from "../../../../src/board/embeddedFigure.js";
import { boardSettings } from "../../../../src/board/options.js";
import { figures } from "../../../../src/board/panels/figures.js";
import { readBoard } from "../../../../src/board/read.js";
import { stopDrawing } from "../../../../src/board/render/drawing.js";
import { boardSpec } from "../../../../src/board/spec.js";
import { boardText } from "../../../../src/board/text.js";
import { unpackBoard } from "../../../../src/board/unpackBoard.js";
import { installFigureDrawer } from "../../../../src/track/figureDrawer.js";
import { openRun } from "../../../../src/track/openRun.js";
import { carriedPage } from "../carriedPage.js";
import { panelStyle } from "../panelStyle.js";
import { schemaErrors } from "../vegaLiteSchema.js";

const scatter = (n: number) => ({
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  title: "Scatter",
  background: "white",
  config: { axis: { labelColor: "black" } },
  width: 400,
  height: 260,
  data: { values: Array.from({ length: n }, (_, i) => ({ url: i, y: Math.sin(i) })) },
  mark: "point",
  encoding: { x: { field: "url", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
});
const { title: _, ...bare } = scatter(3);
const pair = {
  $schema: bare.$schema,
  data: bare.data,
  hconcat: [{ mark: "point", encoding: bare.encoding }],
};
const settings = boardSettings({ kind: "images" });

describe("figures on a board", () => {
  const folder = mkdtempSync(join(tmpdir(), "board-figures-"));
  let data: BoardData;
  beforeAll(async () => {
    installFigureDrawer(drawFigure);
    const run = openRun({ name: "drawn", dir: folder, sources: [] });
    for (const step of [1, 2, 3]) await run.figure("scatter", scatter(10 * step), step);
    await run.figure("pair", pair, 1);
    run.finish();
    data = readBoard({ runs: [run.dir], sweeps: [] }, settings);
  });
  afterAll(async () => {
    await stopDrawing();
    rmSync(folder, { recursive: true });
  });

  it("are charts of the size that they were given, in the board's look, or the picture of what is no single chart", () => {
    const [section] = figures(data.runs, panelStyle);
    expect(section?.title).toBe("figures of drawn");
    const [chart = {}, picture = {}] = section?.cards ?? [];
    expect(chart).toMatchObject({ width: 400, height: 260, mark: "point" });
    expect(chart.title).toMatchObject({ text: "scatter", subtitle: ["Scatter", "step 3, one of 3"] });
    for (const own of ["$schema", "background", "config"]) expect(chart).not.toHaveProperty(own);
    expect(picture.mark).toMatchObject({ type: "image" });
    expect(picture.width as number).toBeGreaterThan(150);
    expect(JSON.stringify(picture.data)).toContain("data:image/png;base64,");
    expect(schemaErrors(boardSpec(data, settings))).toEqual([]);
    expect(boardText(data, settings)).toContain("figure scatter of drawn: 3 steps");
  });

  it("have on a page, a file too, all steps behind the newest", () => {
    const page = unpackBoard(JSON.parse(JSON.stringify(carriedPage(data, settings))));
    for (const { runs } of [data, page]) {
      const [section] = figures(runs, { ...panelStyle, stepSlider: true });
      expect(section?.steps?.[0]?.steps).toEqual([1, 2, 3]);
      expect(section?.steps?.[1]).toBeUndefined();
    }
  });
});

describe("embeddedFigure", () => {
  it("takes single charts only, which load and select nothing and are not long", () => {
    expect(embeddedFigure(bare)).toMatchObject({ mark: "point", data: bare.data });
    expect(embeddedFigure({ ...bare, width: "container" })).not.toHaveProperty("width");
    expect(embeddedFigure({ layer: [bare, bare] })).toBeDefined();
    expect(embeddedFigure(pair)).toBeUndefined();
    expect(embeddedFigure({ ...bare, data: { url: "https://example.com/x.csv" } })).toBeUndefined();
    expect(embeddedFigure({ ...bare, encoding: { href: { value: "https://example.com" } } })).toBeUndefined();
    expect(
      embeddedFigure({ layer: [{ ...bare, params: [{ name: "brush", select: "interval" }] }] }),
    ).toBeUndefined();
    expect(embeddedFigure(scatter(5000))).toBeUndefined();
  });
});
