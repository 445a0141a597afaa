import { expect, test } from "vitest";
import { sortedRows } from "../../../../src/track/query/sortRows.js";
import { row } from "./rows.js";

const rows = [
  row("a", { metrics: { valAccuracy: 0.5, "x,y": 3 }, config: { lr: 0.1, kind: "b" }, duration: 3 }),
  row("b", { metrics: { valAccuracy: 0.9, "x,y": 1 }, config: { lr: 0.1, kind: 2 }, duration: 2 }),
  row("c", {
    metrics: { valAccuracy: Number.NaN },
    config: { lr: 0.01, kind: "a", drop: true },
    duration: 1,
  }),
  row("d", { metrics: { valAccuracy: 0.9, "x,y": 2 }, config: { kind: 10, drop: false }, duration: 4 }),
];
const order = (by: string | string[]) =>
  sortedRows(rows, by)
    .map(({ name }) => name)
    .join("");

test("sorts by several keys, each in its direction; what is missing and NaN come last", () => {
  expect(order("valAccuracy")).toBe("abdc");
  expect(order("-valAccuracy")).toBe("bdac");
  expect(order("-valAccuracy,-duration")).toBe("dbac");
  expect(order("-valAccuracy, duration")).toBe("bdac");
  expect(order(["-config.lr", "duration"])).toBe("bacd");
  expect(order("-lr,-name")).toBe("bacd");
  expect(order("metrics.valAccuracy,name")).toBe("abdc");
});

test("sorts truth values, numbers before texts, and a key that has a comma in it", () => {
  expect(order("drop")).toBe("dcab");
  expect(order("kind")).toBe("bdca");
  expect(order("-kind")).toBe("acdb");
  expect(order("x,y")).toBe("bdac");
  expect(order("-x,y")).toBe("adbc");
});

test("leaves the rows given as they were, and takes no rows", () => {
  expect(rows.map(({ name }) => name).join("")).toBe("abcd");
  expect(sortedRows([], "anything")).toEqual([]);
});

test("names the nearest of a key that no run has", () => {
  expect(() => sortedRows(rows, "valacc")).toThrow(
    new RangeError(
      'sort runs: the key must be a metric or a configuration key of a run; got "valacc"; the nearest is valAccuracy',
    ),
  );
  expect(() => sortedRows(rows, "-valAccuracy,-duratoin")).toThrow('got "duratoin"; the nearest is duration');
});
