import { expect, it } from "vitest";
import { chartBundle } from "../../../src/board/chart.js";
import { layerChart } from "../../../src/board/layerChart.js";
import { neutral, runColour } from "../../../src/board/palette.js";

it("draws a bar for each layer, of one name too, with what is forward, backward and in none", async () => {
  const bars = [
    { layer: 'a "b"', forward: 1, backward: 2 },
    { layer: "same", forward: 3, backward: 4 },
    { layer: "same", forward: 5, backward: 6 },
    { layer: "other", other: 2 },
  ];
  const shown = await chartBundle(layerChart("title", bars), "text");
  const svg = String(shown["image/svg+xml"]);
  // Bars, and a square of the legend.
  const painted = (colour: string) => svg.match(new RegExp(`fill="${colour}"`, "g"))?.length;
  expect([runColour(0), runColour(1), neutral].map(painted)).toEqual([3 + 1, 3 + 1, 1 + 1]);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text);
  expect(texts.filter((text) => text === "same")).toHaveLength(2);
  for (const text of ['a "b"', "other", "title", "ms", "forward", "backward"])
    expect(texts.map((one) => one?.replaceAll("&quot;", '"'))).toContain(text);
});

it("draws the dearest of many, in their order", () => {
  const bars = Array.from({ length: 50 }, (_, i) => ({ layer: `layer${i}`, forward: i % 2 ? 1 : 2 + i }));
  const { title, encoding, data } = layerChart("title", bars) as {
    title: { subtitle: string };
    encoding: { y: { axis: { labelExpr: string } } };
    data: { values: string };
  };
  expect(title.subtitle).toBe("the 40 dearest of 50");
  expect(data.values.split("\n")).toHaveLength(1 + 40);
  expect(encoding.y.axis.labelExpr).toMatch(/^\["layer0","layer1","layer2",.*"layer29","layer30","layer32"/);
  expect(encoding.y.axis.labelExpr).not.toContain("layer31");
});
