import { expect, it } from "vitest";
import { showableBundle } from "../../../kernel-ext/session/showableBundle.js";

it("copies texts, joins lines, and takes any JSON where the type is JSON", () => {
  const bundle = { "text/plain": "a", "text/html": ["<b>", "</b>"], "application/json": [1, null] };
  expect(showableBundle(bundle)).toEqual({ ...bundle, "text/html": "<b></b>" });
  expect(showableBundle({ "application/x+json": 5 })).toEqual({ "application/x+json": 5 });
});

it("leaves out what is not there", () => {
  expect(showableBundle({ "text/plain": "a", "text/html": undefined, "image/png": null })).toEqual({
    "text/plain": "a",
  });
});

it.each([
  [{ "text/plain": 5 }, "text/plain must be a text or a list of lines, got 5"],
  [{ "image/png": new Uint8Array(3) }, "image/png must be a text"],
  [{ "text/html": ["a", 1] }, "text/html must be a text"],
  [{ "application/json": () => 1 }, "application/json must be JSON, got [Function"],
  [{ "application/json": { toJSON: () => undefined } }, "application/json must be JSON"],
  [{ "application/json": 1n }, "application/json must be JSON, got 1n"],
])("refuses %o and names the type", (bundle, message) => {
  expect(() => showableBundle(bundle)).toThrow(TypeError);
  expect(() => showableBundle(bundle)).toThrow(message);
});

it("asks a part how it is written once only, and the bundle never", () => {
  let asked = 0;
  const part = {
    toJSON: () => {
      asked++;
      return { x: asked };
    },
  };
  const bundle = { "application/json": part, toJSON: undefined };
  const shown = showableBundle(bundle);
  JSON.stringify(shown);
  expect(asked).toBe(1);
  expect(shown).toEqual({ "application/json": { x: 1 } });
});

it("refuses texts of more than 100 MB", () => {
  expect(() => showableBundle({ "text/plain": "x".repeat(101_000_000) })).toThrow(RangeError);
});

it.each([
  [
    "application/vnd.vegalite.v5+json",
    "show a sample or aggregated values, or put the address of a file into data.url",
  ],
  ["application/json", "show a part of them"],
])("refuses more values than memory holds as JSON, here of %s", (type, advice) => {
  const values = new Array(6_000_000).fill(1);
  const refusal = (list: number) =>
    new RangeError(
      `what is shown as ${type} holds at most 5 million values, got more, with a list of ${list}: ${advice}`,
    );
  expect(() => showableBundle({ [type]: { data: { values } } })).toThrow(refusal(6_000_000));
  expect(() => showableBundle({ [type]: new Float32Array(80_000_000) })).toThrow(refusal(80_000_000));
});

it("counts the values of lists together", () => {
  const halves = { one: new Array(2_600_000).fill(1), two: new Array(2_600_000).fill(1) };
  expect(() => showableBundle({ "application/json": halves })).toThrow(
    /at most 5 million values, got more, with a list of 2600000: /,
  );
});

it.each([
  ["quotes", { "text/plain": '"'.repeat(60_000_000) }],
  ["control characters", { "text/plain": "\0".repeat(20_000_000) }],
  ["more than V8 lets a text be", { "text/plain": "\0".repeat(95_000_000) }],
  ["two texts", { "text/html": '"'.repeat(30_000_000), "text/plain": '"'.repeat(30_000_000) }],
  ["a JSON part", { "application/json": ['"'.repeat(60_000_000)] }],
])("counts what JSON makes of %s", (_what, bundle) => {
  expect(() => showableBundle(bundle)).toThrow(
    /^what a cell shows at once is at most 100 MB, got 1\d\d MB$|got 5\d\d MB$/,
  );
});

it("lets through what is large and fits in JSON", () => {
  const text = "x".repeat(60_000_000);
  expect(showableBundle({ "text/plain": text })["text/plain"]).toBe(text);
});

it("counts JSON beside texts, and what the event says beside them", () => {
  const json = ["x".repeat(60_000_000)];
  // Ten million characters of which JSON makes sixty.
  const bundle = { "application/json": json, "text/plain": "\0".repeat(10_000_000) };
  expect(() => showableBundle(bundle)).toThrow(/got 120 MB$/);
  expect(() => showableBundle({ "application/json": "x".repeat(99_995_000) })).toThrow(/got 100 MB$/);
  expect(() => showableBundle({ "application/json": "x".repeat(99_985_000) })).not.toThrow();
});

it("does not write what is too large unwritten", () => {
  expect(() => showableBundle({ "text/plain": '"'.repeat(110_000_000) })).toThrow(/got 110 MB$/);
  const both = { "application/json": "x".repeat(60_000_000), "text/plain": '"'.repeat(50_000_000) };
  expect(() => showableBundle(both)).toThrow(/got 110 MB$/);
});
