import { describe, expect, it } from "vitest";
import { confusionCard } from "../../../src/board/confusionCard.js";
import type { Spec } from "../../../src/board/inlineData.js";

/** Class k is taken for the next one in as many of its 1000 samples as are given, which is 0 of most. */
function matrixOf(classes: number, mistaken: Readonly<Record<number, number>>) {
  return {
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    counts: Array.from({ length: classes }, (_, t) =>
      Array.from({ length: classes }, (_, p) => {
        const wrong = mistaken[t] ?? 0;
        return p === t ? 1000 - wrong : p === (t + 1) % classes ? wrong : 0;
      }),
    ),
  };
}

const cardOf = (classes: number, side: number, mistaken: Readonly<Record<number, number>> = {}) =>
  confusionCard(matrixOf(classes, mistaken), { text: "matrix" }, { side, interactive: true });

/** True class, said class, samples and their share of the true class's, of the cells off the diagonal. */
const wrongCells = (spec: Spec) =>
  (spec.data as { values: string }).values
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").slice(0, 4).map(Number))
    .filter(([t, p]) => t !== p);

describe("confusionCard", () => {
  it.each([2, 9, 40, 85, 86, 400, 1000])("of %d classes is no larger than its side", (classes) => {
    for (const side of [340, 420]) {
      const { width, height } = cardOf(classes, side);
      expect(width).toBeLessThanOrEqual(side);
      expect(height).toBe(width);
    }
  });

  it("of too many classes shows those of most mistakes, in their order, with their share of all samples", () => {
    const spec = cardOf(1000, 48, { 700: 300, 20: 200, 998: 1 });
    expect(spec.title).toMatchObject({ subtitle: ["the 6 most confused of 1,000 classes"] });
    expect(wrongCells(spec)).toEqual([
      [0, 1, 200, 0.2],
      [2, 3, 300, 0.3],
      [4, 5, 1, 0.001],
    ]);
    const { transform } = (spec.layer as { transform: { calculate: string }[] }[])[0] as {
      transform: { calculate: string }[];
    };
    expect(transform[0]?.calculate).toBe(
      '["class 20","class 21","class 700","class 701","class 998","class 999"][datum.t]',
    );
  });

  it("keeps shares of the whole row where what it was taken for is left out", () => {
    const { classNames, counts } = matrixOf(5, {});
    const spread = counts.map((row, t) => (t === 0 ? [600, 100, 100, 100, 100] : row));
    const spec = confusionCard(
      { classNames, counts: spread },
      { text: "matrix" },
      { side: 16, interactive: true },
    );
    expect(wrongCells(spec)).toEqual([[0, 1, 100, 0.1]]);
  });

  it("says nothing of classes where all have room", () => {
    expect(cardOf(85, 340).title).not.toHaveProperty("subtitle");
    expect(JSON.stringify(cardOf(86, 340).title)).toContain("the 42 most confused of 86 classes");
  });
});
