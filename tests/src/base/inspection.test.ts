import { inspect } from "node:util";
import { expect, it } from "vitest";
import { inspectedAs, inspectInstances, inspectKey } from "../../../src/base/inspection.js";

class Report {
  readonly numbers = new Float32Array(1000);
  readonly #title = "report";
  toString(): string {
    return `${this.#title}\nof 1000 numbers`;
  }
}
inspectInstances(Report);

it("shows a text in place of the fields, of which the first line within another value", () => {
  const report = new Report();
  expect(inspect(report)).toBe("report\nof 1000 numbers");
  expect(inspect(report, { depth: 0 })).toBe("report\nof 1000 numbers");
  expect(inspect({ report, list: [report] })).toBe("{ report: report, list: [ report ] }");
  expect(inspect(report, { customInspect: false })).toContain("Float32Array(1000)");
});

it("shows a line of its own within another value, where one is given", () => {
  class Table extends Report {}
  inspectInstances(Table, String, ({ numbers }) => `${numbers.length} rows`);
  expect(inspect([new Table()])).toBe("[ 1000 rows ]");
  expect(inspect(new Table())).toBe("report\nof 1000 numbers");
});

it("leaves the class itself as it is, and adds nothing that is listed", () => {
  expect(inspect(Report.prototype)).toBe("{}");
  expect(Object.getOwnPropertySymbols({ ...new Report() })).toEqual([]);
});

it("tells the values of a copy by the method that goes along", () => {
  const pair = { left: 1, right: 2, [inspectKey]: inspectedAs((of: { left: number }) => `from ${of.left}`) };
  expect(inspect({ ...pair, left: 3 })).toBe("from 3");
});
