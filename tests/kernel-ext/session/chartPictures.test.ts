import { describe, expect, it } from "vitest";
import { withPictures } from "../../../kernel-ext/session/chartPictures.js";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

const lite = "application/vnd.vegalite.v5+json";
const spec = {
  mark: "bar",
  data: { values: [{ a: 1 }] },
  encoding: { x: { field: "a", type: "quantitative" } },
};
const bundleOf = (data: Record<string, unknown>) => withPictures({ data, metadata: {} }).data;

describe("a bundle", () => {
  it("that has a chart alone gets pictures, and keeps its text", () => {
    const data = bundleOf({ [lite]: spec, "text/plain": "bars" });
    expect(Object.keys(data)).toEqual([lite, "text/plain", "image/svg+xml", "image/png"]);
    expect(data).toMatchObject({ [lite]: spec, "text/plain": "bars" });
    expect(data["image/svg+xml"]).toMatch(/^<svg[\s\S]*aria-label="board"/);
  });

  it.each([
    { [lite]: spec, "image/png": "AQID" },
    { [lite]: spec, "text/html": "<b>bars</b>" },
    { "text/plain": "no chart" },
    { [lite]: { toJSON: () => undefined } },
    { [lite]: { count: 1n } },
  ])("that has more, or no chart, stays: %o", (data) => {
    expect(bundleOf(data)).toBe(data);
  });

  it("has its chart follow the client's theme", () => {
    expect(bundleOf({ [lite]: spec })[lite]).toMatchObject({ ...spec, background: "transparent" });
  });

  it("that has nothing of other types but their names gets pictures, in Vega too", () => {
    const vega = { $schema: "https://vega.github.io/schema/vega/v5.json", width: 9, height: 9, marks: [] };
    const data = bundleOf({
      "application/vnd.vega.v5+json": vega,
      "text/html": null,
      "image/jpeg": undefined,
    });
    expect(data["image/svg+xml"]).toMatch(/^<svg/);
    expect(data["image/png"]).toEqual(expect.any(String));
  });

  it.each(["bars", 5, null])("whose chart is no specification stays: %j", (chart) => {
    const data = { [lite]: chart };
    expect(bundleOf(data)).toBe(data);
  });

  it("has no other type than its text where there is no picture", () => {
    const data = bundleOf({ [lite]: { mark: "no such mark" } });
    expect(Object.keys(data)).toEqual([lite, "text/plain"]);
    expect(data["text/plain"]).toMatch(/^no picture of this chart: /);
  });

  it("gets pictures however many fields without a value it has", () => {
    const empty = Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`f${k}`, undefined]));
    const values = Array.from({ length: 2_500 }, (_, a) => ({ ...empty, a: a % 9 }));
    expect(bundleOf({ [lite]: { ...spec, data: { values } } })["image/svg+xml"]).toMatch(/^<svg/);
  });

  it("says in its text why it has none", () => {
    const values = Array.from({ length: 40_000 }, (_, a) => ({ a }));
    expect(bundleOf({ [lite]: { ...spec, data: { values } }, "text/plain": "bars" })["text/plain"]).toBe(
      "bars\nno picture of this chart: its specification has more than 400 kB",
    );
  });
});

describe("in a kernel", () => {
  const declared = `const spec = ${JSON.stringify({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", ...spec })};`;
  const kinds = {
    [lite]: expect.anything(),
    "image/svg+xml": expect.any(String),
    "image/png": expect.any(String),
  };

  it("charts stay in the order of what is printed, and an interrupt ends one that takes long", async () => {
    const client = await KernelClient.start();
    try {
      const shown = await client.execute(
        `${declared} console.log("before"); display(spec); console.log("after"); ({ toMimeBundle: () => ({ "${lite}": spec }) })`,
      );
      expect(streamText(shown)).toBe("before\nafter\n");
      const outputs = shown.messages.filter(({ type }) => /stream|display_data|execute_result/.test(type));
      expect(outputs.map(({ type }) => type)).toEqual(["stream", "display_data", "stream", "execute_result"]);
      for (const at of [1, 3]) expect(outputs[at]?.content.data).toMatchObject(kinds);

      const id = await client.start(
        `display({ ...spec, data: { sequence: { start: 0, stop: 1e7, as: "a" } } })`,
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      await client.request("interrupt_request", {}, "control");
      expect((await client.finished(id)).reply).toMatchObject({
        status: "error",
        ename: "KeyboardInterrupt",
      });
      const wrong = await client.execute(
        `display({ ...spec, mark: "bra" }); ({ ...spec, mark: { type: "bra" } })`,
      );
      const said =
        /^(draw chart: a mark of Vega-Lite must be .* it was "bra", and the nearest is "bar"\n){2}$/;
      expect(streamText(wrong, "stderr")).toMatch(said);
      const [first] = wrong.messages.filter(({ type }) => /display_data|stream/.test(type));
      expect(first?.type).toBe("stream");
      // What a client draws and what it says of it is its own matter.
      expect(wrong.messages.find(({ type }) => type === "execute_result")?.content.data).toMatchObject({
        [lite]: { mark: { type: "bra" } },
      });

      // The thread that is still at it is not waited for.
      const next = await client.execute("spec");
      expect(next.messages.find(({ type }) => type === "execute_result")?.content.data).toMatchObject(kinds);
    } finally {
      await client.close();
    }
  });

  it("a chart of more values than memory holds as JSON is refused in one sentence, and the session goes on", async () => {
    const client = await KernelClient.start();
    try {
      await client.execute("const kept = 5");
      const chart = `({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "point", data: { values: new Float64Array(1e8) } })`;
      const refused = await client.execute(chart);
      expect(refused.reply).toMatchObject({
        status: "error",
        ename: "RangeError",
        evalue: expect.stringMatching(
          / at most 5 million values, got more, with a list of 100000000: show a sample/,
        ),
      });
      expect(resultText(await client.execute("kept"))).toBe("5");
    } finally {
      await client.close();
    }
  });
});
