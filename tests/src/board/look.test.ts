import { expect, test } from "vitest";
import { inLook, pageLook, stillLook } from "../../../src/board/look.js";

const spec = { mark: "point", config: { axis: { titleFontWeight: "normal", gridColor: "#123456" } } };

test("a chart in a page has no ground of its own and is drawn as SVG, which follows the page's colours", () => {
  expect(inLook(spec, pageLook)).toMatchObject({
    mark: "point",
    background: "transparent",
    usermeta: { embedOptions: { renderer: "svg" } },
    config: { title: { color: "currentColor" }, style: { "guide-label": { fill: "currentColor" } } },
  });
});

test("a still picture stands on white, and nothing in it asks a page for a colour", () => {
  const still = inLook(spec, stillLook);
  expect(still).toMatchObject({ background: "#ffffff" });
  expect(JSON.stringify(still)).not.toMatch(/currentColor|var\(|usermeta/);
});

test("what the chart itself configures is kept", () => {
  expect(inLook(spec, pageLook).config).toMatchObject({
    axis: { titleFontWeight: "normal", gridColor: "#123456" },
  });
});
