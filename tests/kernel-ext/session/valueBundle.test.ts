import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { CellMaps } from "../../../kernel-ext/session/cellMaps.js";
import { dressTensors } from "../../../kernel-ext/session/tensorInspection.js";
import { valueBundle } from "../../../kernel-ext/session/valueBundle.js";

const bundleOf = (value: unknown) => valueBundle(value, new CellMaps());
const show = async (value: unknown) => (await bundleOf(value)).data;
const text = async (value: unknown) => (await show(value))["text/plain"];

describe("what a value says itself", () => {
  const bundle = { "text/html": "<b>x</b>" };
  it.each([
    ["toMimeBundle", { toMimeBundle: () => bundle }],
    ["Jupyter.display", { [Symbol.for("Jupyter.display")]: async () => bundle }],
    ["_repr_mimebundle_ with metadata", { _repr_mimebundle_: () => [bundle, {}] }],
  ])("by %s", async (_name, value) => {
    expect(await show(value)).toEqual({ ...bundle, "text/plain": inspect(value) });
  });

  it("in IPython's forms, bytes as base64, with a text beside them", async () => {
    const value = {
      _repr_html_: () => "<i>h</i>",
      _repr_png_: () => new Uint8Array([1, 2, 3]),
      _repr_svg_: () => null,
    };
    expect(await show(value)).toEqual({
      "text/html": "<i>h</i>",
      "image/png": "AQID",
      "text/plain": expect.stringContaining("_repr_html_"),
    });
  });

  it.each([
    ["vega-lite/v5", "vnd.vegalite.v5"],
    ["vega-lite/v6", "vnd.vegalite.v5"],
    ["vega/v5", "vnd.vega.v5"],
  ])("as a specification of %s, itself or by toSpec", async (schema, type) => {
    const spec = { $schema: `https://vega.github.io/schema/${schema}.json`, mark: "bar" };
    for (const value of [spec, { toSpec: () => spec }])
      expect(await show(value)).toMatchObject({ [`application/${type}+json`]: spec });
    expect(Object.keys(await show({ toSpec: () => ({ other: 1 }) }))).toEqual(["text/plain"]);
  });

  it.each([
    [5, "5"],
    [[], "[]"],
    [["text", {}], "[ 'text', {} ]"],
  ])("is told when it is no bundle: %j", async (given, shown) => {
    await expect(show({ toMimeBundle: () => given })).rejects.toThrow(
      `toMimeBundle of a shown value must return a MIME bundle, got ${shown}`,
    );
  });

  const size = { width: 10, height: 5 };
  it.each<[string, unknown, object]>([
    ["a bundle", { _repr_mimebundle_: () => [bundle, { "text/html": size }] }, { "text/html": size }],
    ["a bundle with none", { _repr_mimebundle_: () => [bundle, null] }, {}],
    ["bytes", { _repr_png_: () => [new Uint8Array([1, 2, 3]), size] }, { "image/png": size }],
    ["text", { _repr_svg_: () => ["<svg/>", size], _repr_html_: () => "x" }, { "image/svg+xml": size }],
    ["text with none", { _repr_html_: () => ["<i/>", null] }, {}],
  ])("has IPython's metadata beside it: of %s", async (_what, value, metadata) => {
    const shown = await bundleOf(value);
    expect(shown.metadata).toEqual(metadata);
    for (const form of Object.values(shown.data)) expect(form).toBeTypeOf("string");
  });

  it("may be a list as JSON", async () => {
    const list = [{ a: 1 }, { b: 2 }];
    const shown = await bundleOf({ _repr_json_: () => list });
    expect(shown).toMatchObject({ data: { "application/json": list }, metadata: {} });
  });
});

describe("tables", () => {
  it("stand for records: numbers to the right, missing values empty, HTML escaped", async () => {
    const shown = await show([
      { id: 1, name: "a<b", loss: 1 / 3 },
      { id: 20, name: "c", extra: null },
    ]);
    expect(shown["text/plain"]).toBe(
      [
        "id  name      loss  extra",
        "──  ────  ────────  ─────",
        " 1  a<b   0.333333",
        "20  c               null",
      ].join("\n"),
    );
    expect(shown["text/html"]).toContain("<td>0.333333</td>");
    expect(shown["text/html"]).toContain("a&lt;b");
  });

  it.each([
    [1722500123.5, "1722500123.5"],
    [-1234567.891, "-1234567.9"],
    [123456.78, "123456.8"],
    [12345.678, "12345.7"],
    [4503599627370495.5, "4503599627370495.5"],
    [1e21, "1e+21"],
    [1 / 3e8, "3.33333e-9"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [Number.NaN, "NaN"],
  ])("round the fraction of %d, never its integer digits", async (number, cell) => {
    const { "text/html": html } = await show([{ number }, { number: 0 }]);
    expect(html).toContain(`<td>${cell}</td>`);
  });

  it("show twenty rows and say how many there are", async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id }));
    expect(String(await text(rows)).split("\n")).toHaveLength(23);
    expect(await text(rows)).toMatch(/… 980 more of 1000 rows$/);
  });

  it.each([
    ["one record", [{ a: 1 }]],
    ["values that are no scalars", [{ a: [1] }, { a: [2] }]],
    ["instances of a class", [new (class A {})(), new (class A {})()]],
    ["records among others", [{ a: 1 }, 2]],
    ["empty records", [{}, {}]],
    ["a getter that throws", [{ a: 1 }, Object.defineProperty({}, "a", { enumerable: true, get: fail })]],
  ])("do not stand for %s", async (_what, value) => {
    expect(Object.keys(await show(value))).toEqual(["text/plain"]);
    expect(await text(value)).toBe(inspect(value, { breakLength: 100 }));
  });
});

it("shows both ends of a long typed array, a short one whole", async () => {
  expect(await text(Float64Array.from({ length: 1000 }, (_, at) => at / 3))).toBe(
    "Float64Array(1000) [ 0, 0.3333333333333333, 0.6666666666666666, 1, 1.3333333333333333, …, 331.6666666666667, 332, 332.3333333333333, 332.6666666666667, 333 ]",
  );
  expect(await text(BigInt64Array.from({ length: 30 }, (_, at) => BigInt(at)))).toMatch(
    /^BigInt64Array\(30\) \[ 0n, /,
  );
  expect(await text(new Uint8Array([1, 2, 3]))).toBe("Uint8Array(3) [ 1, 2, 3 ]");
});

it("shows tensors within other values and in console.log", async () => {
  dressTensors(tf);
  dressTensors({ tf });
  const small = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const gone = tf.scalar(1);
  gone.dispose();
  expect(await text([small, { big: tf.zeros([10, 10]) }, gone])).toBe(
    "[\n  Tensor float32 [2, 2] [[1, 2], [3, 4]],\n  { big: Tensor float32 [10, 10] },\n  Tensor float32 [] (disposed)\n]",
  );
  expect(inspect(small)).toBe("Tensor float32 [2, 2]\n    [[1, 2],\n     [3, 4]]");
  expect(Object.keys(small)).not.toContain("inspect");
});

it("tells of a tensor of uneven lists what it holds, where TensorFlow.js made one", async () => {
  dressTensors(tf);
  const few = tf.tensor2d([[1, 2], [3]]);
  expect(await text(few)).toBe(
    "Tensor float32 [2, 2]\n    not whole: the shape asks for 4 values, but there are 3: 1, 2, 3",
  );
  expect(inspect([few])).toBe(
    "[\n  Tensor float32 [2, 2] not whole: the shape asks for 4 values, but there are 3: 1, 2, 3\n]",
  );
  const many = tf.tensor([["a"], ["b", "c"]]);
  expect(await text(many)).toBe(
    "Tensor string [2, 1]\n    not whole: the shape asks for 2 values, but there are 3: 'a', 'b', 'c'",
  );
  expect(await text(tf.complex([1, 2], [3, 4]))).toBe("Tensor complex64 [2]\n    [1 + 3j, 2 + 4j]");
});

function fail(): never {
  throw new Error("hostile");
}

it("keeps a bundle's own text", async () => {
  const bundle = { "text/html": "<b>x</b>", "text/plain": "x" };
  expect(await show({ toMimeBundle: () => bundle })).toEqual(bundle);
});

it("writes a typed array's numbers as Node does, to the last digit", async () => {
  const numbers = Float32Array.from({ length: 30 }, (_, at) => (at === 0 ? -0 : at / 10));
  const ends = inspect([...numbers.slice(0, 5), ...numbers.slice(-5)], {
    breakLength: Number.POSITIVE_INFINITY,
  });
  const [first, last] = [ends.slice(2, -2).split(", ").slice(0, 5), ends.slice(2, -2).split(", ").slice(5)];
  expect(await text(numbers)).toBe(`Float32Array(30) [ ${[...first, "…", ...last].join(", ")} ]`);
});

it("shows a timer by its time alone", async () => {
  const [once, again, gone] = [
    setTimeout(() => {}, 500),
    setInterval(() => {}, 250),
    setTimeout(() => {}, 5),
  ];
  clearTimeout(gone);
  const shown = [await text(once), await text(again), await text(gone)];
  clearTimeout(once);
  clearInterval(again);
  expect(shown).toEqual(["Timeout (500 ms)", "Timeout (every 250 ms)", "Timeout (cleared)"]);
});
