import { expect, it } from "vitest";
import { chartBundle } from "../../../src/board/chart.js";
import { costChart } from "../../../src/board/costChart.js";
import { neutral, runColour } from "../../../src/board/palette.js";

it("draws a bar for each layer, of one name too, with what is forward, backward and in none", async () => {
  const bars = [
    { name: 'a "b"', forward: 1, backward: 2, share: 0.1304 },
    { name: "same", forward: 3, backward: 4, share: 0.3043 },
    { name: "same", forward: 5, backward: 6, share: 0.4783 },
    { name: "rest", other: 2, share: 0.087 },
  ];
  const shown = await chartBundle(costChart("title", bars), "text");
  const svg = String(shown["image/svg+xml"]);
  // Bars, and a square of the legend.
  const painted = (colour: string) => svg.match(new RegExp(`fill="${colour}"`, "g"))?.length;
  expect([runColour(0), runColour(1), neutral].map(painted)).toEqual([3 + 1, 3 + 1, 1 + 1]);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text);
  expect(texts.filter((text) => text === "same")).toHaveLength(2);
  for (const text of ['a "b"', "rest", "title", "time in TensorFlow (ms)", "forward", "backward", "other"])
    expect(texts.map((one) => one?.replaceAll("&quot;", '"'))).toContain(text);
  expect(texts.filter((text) => text?.endsWith("%"))).toEqual(["13.0%", "30.4%", "47.8%", "8.7%"]);
});

it("draws the dearest of many, in their order", () => {
  const bars = Array.from({ length: 50 }, (_, i) => ({
    name: `op${i}`,
    whole: i % 2 ? 1 : 2 + i,
    share: 0.02,
  }));
  const { title, encoding, layer } = costChart("title", bars) as {
    title: { subtitle: string };
    encoding: { y: { axis: { labelExpr: string } } };
    layer: { data: { values: string } }[];
  };
  expect(title.subtitle).toBe("with the share of the time of all ops; the 40 dearest of 50");
  for (const { data } of layer) expect(data.values.split("\n")).toHaveLength(1 + 40);
  expect(encoding.y.axis.labelExpr).toMatch(/^\["op0","op1","op2",.*"op29","op30","op32"/);
  expect(encoding.y.axis.labelExpr).not.toContain("op31");
});

it("has no legend where bars have one part, and tells of each what it computed and put out", async () => {
  const bars = [
    { name: "MatMul", whole: 4, share: 0.8, flops: 2.5e9, bytes: 3e6 },
    { name: "Relu", whole: 1, share: 0.2, bytes: 1e6 },
  ];
  const spec = costChart("title", bars) as { layer: { data: { values: string } }[] };
  expect(spec.layer[0]?.data.values).toBe(
    "place,name,pass,order,ms,share,GFLOP,MB\n0,MatMul,whole,0,4,0.8,2.5,3\n1,Relu,whole,0,1,0.2,,1",
  );
  const svg = String((await chartBundle(spec as never, "text"))["image/svg+xml"]);
  expect(svg).not.toContain(">whole<");
});
