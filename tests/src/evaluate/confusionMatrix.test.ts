import { expect, it } from "vitest";
import { ConfusionMatrix } from "../../../src/evaluate/confusionMatrix.js";

/** A class for each sample; class 7 is taken for class 8 three times, `<b>` for class 7 once. */
function manyClasses(classes: number): ConfusionMatrix {
  const right = Array.from({ length: classes }, (_, k) => k);
  const labels = Int32Array.from([...right, 7, 7, 7, 0]);
  const predictions = Int32Array.from([...right, 8, 8, 8, 7]);
  const classNames = right.map((k) => (k === 0 ? "<b>" : `class ${k}`));
  return new ConfusionMatrix(labels, predictions, { classNames });
}

it("of few classes is a table of all of them", () => {
  const lines = manyClasses(20).toString().split("\n");
  expect(lines).toHaveLength(22);
  expect(lines[0]).toMatch(/^true \\ predicted {2,}<b>.*class 19$/);
});

it("of many classes tells the largest confusions, and says so", () => {
  const matrix = manyClasses(4000);
  const { "text/plain": text, "text/html": html } = matrix.toMimeBundle();
  expect(String(text).split("\n")).toEqual([
    "confusion matrix of 4,000 classes, its 2 largest confusions:",
    expect.stringMatching(/^true +predicted +samples +of the true class$/),
    expect.stringMatching(/^─/),
    expect.stringMatching(/^class 7 +class 8 +3 +75\.0 %$/),
    expect.stringMatching(/^<b> +class 7 +1 +50\.0 %$/),
  ]);
  expect(html).toContain("<p>confusion matrix of 4,000 classes");
  expect(html).toContain("&lt;b&gt;</td>");
  expect(html).not.toContain("<b>");
});

it("counts each class's answers once", () => {
  const matrix = manyClasses(30);
  expect(matrix.precision().slice(6, 9)).toEqual([1, 1 / 2, 1 / 4]);
  expect(matrix.recall().slice(6, 9)).toEqual([1, 1 / 4, 1]);
  expect(matrix.accuracy()).toBe(30 / 34);
});
