import { expect, test } from "vitest";
import { random } from "../../../src/base/random.js";
import { commonRows } from "../../../src/doctor/commonRows.js";

const words = { hashed: 2, of: 2 };
/** Hashes whose low half says which row it is. */
const of = (...rows: number[]) => Uint32Array.from(rows.flatMap((row) => [row, 7]));

test("counts rows of validation and test that are training rows", () => {
  const hashes = { train: of(1, 2, 3, 4), validation: of(9, 3, 3), test: of(1, 5) };
  expect(commonRows({ hashes, words })).toMatchObject([
    {
      split: "validation",
      rows: 3,
      common: 2,
      chance: 0,
      first: [
        { row: 1, train: 2 },
        { row: 2, train: 2 },
      ],
    },
    { split: "test", rows: 2, common: 1, first: [{ row: 0, train: 0 }] },
  ]);
});

test("tells hashes apart that differ in one half only", () => {
  const hashes = { train: Uint32Array.of(1, 2), validation: Uint32Array.of(1, 3, 0, 2) };
  expect(commonRows({ hashes, words })).toMatchObject([{ common: 0 }]);
});

test("chance is about 1 − (1 − 1/N)^(n − 1) of rows drawn from N equally likely ones", () => {
  const generator = random(11);
  const draw = (count: number) => of(...Array.from({ length: count }, () => generator.integer(2000)));
  const [found] = commonRows({ hashes: { train: draw(3000), validation: draw(1500) }, words });
  const wanted = 1 - (1 - 1 / 2000) ** 2999;
  expect(Math.abs(found!.chance - wanted)).toBeLessThan(0.03);
  expect(Math.abs(found!.common / found!.rows - wanted)).toBeLessThan(0.05);
});

test("without training rows there is nothing to compare with", () => {
  expect(commonRows({ hashes: { validation: of(1) }, words })).toEqual([]);
});
