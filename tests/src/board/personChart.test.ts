import { expect, it } from "vitest";
import { personChart } from "../../../src/board/personChart.js";

const values = [
  { epoch: 1, loss: 0.9 },
  { epoch: 2, loss: 0.4 },
];
const line = {
  data: { values },
  mark: "line",
  encoding: {
    x: { field: "epoch", type: "ordinal" },
    y: { field: "loss", type: "quantitative", title: "loss (nats)" },
  },
};
const draw = (spec: object) => personChart(JSON.stringify(spec), "vega-lite");

it("follows the client's theme, and is black on white in pictures", async () => {
  const { spec, svg, png, trouble } = await draw(line);
  expect(trouble).toBeUndefined();
  expect(spec).toMatchObject({
    ...line,
    background: "transparent",
    config: { style: { "guide-title": { fill: "currentColor" } }, text: { color: "currentColor" } },
    usermeta: { embedOptions: { renderer: "svg" } },
  });
  expect(svg).toMatch(/<rect [^>]*fill="#ffffff"/);
  expect(svg).toMatch(/<text [^>]*fill="#1f2328"[^>]*>loss \(nats\)<\/text>/);
  expect(Buffer.from(String(png), "base64").subarray(1, 4).toString()).toBe("PNG");
});

it.each([
  { background: "#fff8e0" },
  { config: { background: "#fff8e0" } },
  { usermeta: { embedOptions: { theme: "dark" } } },
])("leaves a chart as it is that says %j", async (own) => {
  const { spec, svg } = await draw({ ...line, ...own });
  expect(spec).toEqual({ ...line, ...own });
  if (!("usermeta" in own)) expect(svg).toMatch(/<rect [^>]*fill="#fff8e0"/);
});

it("keeps what a chart sets of its own", async () => {
  const config = {
    axis: { labelColor: "red" },
    text: { color: "blue" },
    style: { "guide-label": { fontSize: 20 } },
  };
  const usermeta = { mine: 1, embedOptions: { actions: false } };
  expect((await draw({ ...line, config, usermeta })).spec).toMatchObject({
    config: { axis: { labelColor: "red" }, text: { color: "blue" } },
    usermeta: { mine: 1, embedOptions: { actions: false, renderer: "svg" } },
  });
  const { svg } = await draw({
    ...line,
    mark: { type: "text", color: "#123456" },
    encoding: { ...line.encoding, text: { field: "loss" } },
  });
  expect(svg?.match(/fill="#123456"/g)).toHaveLength(2);
});

it("draws one as wide as its page in a width to be read", async () => {
  const { svg } = await draw({ ...line, width: "container" });
  expect(Number(/width="([\d.]+)"/.exec(String(svg))?.[1])).toBeGreaterThan(600);
});

it("draws Vega", async () => {
  const marks = [{ type: "text", encode: { enter: { text: { value: "hello" }, y: { value: 30 } } } }];
  const { spec, svg } = await personChart(JSON.stringify({ width: 80, height: 40, marks }), "vega");
  expect(spec).toMatchObject({ background: "transparent", config: { text: { fill: "currentColor" } } });
  expect(svg).toMatch(/<text [^>]*fill="#1f2328"[^>]*>hello<\/text>/);
});

it("says of a mark that is none which there are, also in a chart's parts", async () => {
  const unit = { mark: "bra", encoding: line.encoding };
  const sentence =
    /^draw chart: a mark of Vega-Lite must be one of arc, area, bar, .*; it was "bra", and the nearest is "bar"$/;
  for (const own of [
    unit,
    { mark: { type: "bra" }, encoding: line.encoding },
    { layer: [{ mark: "line", encoding: line.encoding }, unit] },
    { hconcat: [{ vconcat: [unit] }] },
    { facet: { field: "epoch" }, spec: { layer: [unit] } },
  ]) {
    const { mistake, trouble, svg, spec } = await draw({ data: { values }, ...own });
    expect(mistake).toMatch(sentence);
    expect([trouble, svg]).toEqual([mistake, undefined]);
    expect(spec).toMatchObject(own);
  }
  expect((await draw({ ...line, mark: 5 })).mistake).toMatch(/tick, trail; it was 5$/);
  expect((await draw({ ...line, mark: {} })).mistake).toMatch(/tick, trail; it was without a name$/);
  const marks = [{ type: "group", marks: [{ type: "symbl" }] }];
  expect((await personChart(JSON.stringify({ marks }), "vega")).mistake).toMatch(
    /^draw chart: a mark of Vega must be .* it was "symbl", and the nearest is "symbol"$/,
  );
});

it.each([
  [
    { data: { url: "http://127.0.0.1:1/losses.csv" } },
    "what is at http://127.0.0.1:1/losses.csv is not loaded for a picture",
  ],
  [{ encoding: { x: { field: "epoch", type: "what" } } }, 'Invalid field type "undefined".'],
  [{ transform: [{ calculate: "datum.loss +", as: "y" }] }, "Unexpected end of input"],
])("says why there is no picture, and gives the chart all the same: %j", async (own, trouble) => {
  const { spec, svg, png, ...said } = await draw({ ...line, ...own });
  expect(said).toEqual({ trouble });
  expect({ svg, png }).toEqual({ svg: undefined, png: undefined });
  expect(spec).toMatchObject(own);
});
