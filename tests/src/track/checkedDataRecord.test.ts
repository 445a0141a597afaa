import { describe, expect, it } from "vitest";
import { columnStatistics } from "../../../src/data/record/columnStatistics.js";
import { checkedDataRecord } from "../../../src/track/checkedDataRecord.js";

const { all, columns } = columnStatistics(Float32Array.of(1, 2, 3, 5), 2);
const values = { shape: [2], rows: 2, all, columns, columnCount: 2 };
const record = {
  ...{ schemaVersion: 1, dataset: "made", sizes: { train: 2, validation: 1, test: 1 } },
  inputs: [
    { name: "a", ...values, dependence: [{ position: 1, etaSquared: 0.75 }] },
    { ...values, sampledFrom: 9, dependence: [] },
  ],
  targets: [
    {
      kind: "classes",
      name: "b",
      classes: 2,
      classNames: ["x", "y"],
      counts: { train: [1, 1], validation: [1, 0], test: [0, 1] },
    },
    { kind: "classes", classes: 100_000 },
    { kind: "values", ...values },
  ],
  noHashes: "too many",
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsIn(part).map((path) => [key, ...path]));
  return [[], ...inner];
}

/** A copy where another value stands at the path. */
function changed(value: unknown, [first, ...rest]: Path, to: unknown): unknown {
  if (first === undefined) return to;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[first] = changed(copy[first], rest, to);
  return copy;
}

const named = (path: Path) =>
  path.map((key, i) => (Number.isNaN(Number(key)) ? `${i === 0 ? "" : "."}${key}` : `[${key}]`)).join("");

describe("the record of a run's data", () => {
  it("is what was written", () => {
    expect(checkedDataRecord(record, "data.json")).toBe(record);
    const { noHashes: _, ...least } = { ...record, inputs: [], targets: [], sizes: {}, later: [1] };
    expect(checkedDataRecord(least, "data.json")).toBe(least);
  });

  it("is refused with the file's and the field's name, whatever field is another", () => {
    const paths = pathsIn(record);
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths)
      for (const to of [null, true]) {
        const other = () => checkedDataRecord(changed(record, path, to), "x/data.json");
        expect(other, named(path)).toThrow(SyntaxError);
        const place = path.at(-1) === "kind" ? named(path.slice(0, -1)) : named(path) || "it";
        expect(other).toThrow(
          `read x/data.json: it must be the record of a run's data, but ${place} must be`,
        );
      }
  });

  it("says what a field must be, and what it is", () => {
    const negative = changed(record, ["sizes", "train"], -1);
    expect(() => checkedDataRecord(negative, "data.json")).toThrow(
      "sizes.train must be a whole number from 0 on; got -1",
    );
    const long = changed(record, ["inputs"], "x".repeat(1000));
    expect(() => checkedDataRecord(long, "data.json")).toThrow(/inputs must be a list; got "x{39}…$/);
  });
});
