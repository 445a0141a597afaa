import { expect, it } from "vitest";
import { confusedClasses, confusionsOf } from "../../../src/board/confusedClasses.js";
import { largestConfusions } from "../../../src/board/largestConfusions.js";

/** Many confusions, each of a number of its own. */
const classes = 40;
const matrix = {
  classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
  counts: Array.from({ length: classes }, (_, t) =>
    Array.from({ length: classes }, (_, p) => (t === p ? 10_000 : (t * classes + p) * 7919) % 1601),
  ),
};

it("are those of a sort of all cells", () => {
  const all = matrix.counts.flatMap((row, t) =>
    row.flatMap((count, p) =>
      t === p || count === 0 ? [] : [{ count, label: `class ${t}`, predicted: `class ${p}` }],
    ),
  );
  const expected = all.sort((a, b) => b.count - a.count).slice(0, 12);
  const found = largestConfusions(matrix, 12);
  expect(found.map(({ of: _, ...rest }) => rest)).toEqual(expected);
  const row = Number(found[0]!.label.slice("class ".length));
  expect(found[0]!.of).toBe(matrix.counts[row]!.reduce((a, b) => a + b));
});

it("stay known of a matrix that classes were left out of", () => {
  const cut = confusedClasses(confusedClasses(matrix, 20), 5);
  expect(cut.classNames).toHaveLength(5);
  expect(confusionsOf(cut, 12)).toEqual(largestConfusions(matrix, 12));
});

it("are none where nothing was mistaken", () => {
  const right = {
    classNames: ["a", "b"],
    counts: [
      [3, 0],
      [0, 2],
    ],
  };
  expect(largestConfusions(right, 5)).toEqual([]);
});
