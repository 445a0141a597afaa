import { expect, test } from "vitest";
import type { ClassificationContent } from "../../../src/base/evaluationContent.js";
import { exactJson } from "../../../src/base/exactJson.js";
import { evaluationJson, parseEvaluationJson } from "../../../src/track/evaluationJson.js";

/** Of every sample of a class so many are said to be of the next. */
function classification(classes: number, mistakes: number): ClassificationContent {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let t = 0; t < classes; t++) {
    counts[t]![t] = 50;
    counts[t]![(t + 1) % classes] = mistakes;
  }
  return {
    kind: "classification",
    size: classes * (50 + mistakes),
    loss: Number.NaN,
    accuracy: 50 / (50 + mistakes),
    f1: 0.5,
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    counts,
    mistakes: [],
  };
}

test("of many classes only counts that are not 0 are stored, and all are read back", () => {
  const content = classification(1000, 3);
  const text = evaluationJson(content);
  expect(parseEvaluationJson(text)).toEqual(content);
  const { sparseCounts, ...rest } = JSON.parse(text);
  expect(sparseCounts[7]).toEqual([7, 50, 8, 3]);
  expect(sparseCounts[999]).toEqual([0, 3, 999, 50]);
  expect(rest).not.toHaveProperty("counts");
  // A million zeros are two million signs.
  expect(text.length).toBeLessThan(exactJson(content).length / 40);
});

test("of very many classes counts stay pairs: what is read takes no more than a file of its size can hold", () => {
  const classes = 2 ** 14;
  const text = `{"kind":"classification","classNames":[${'"",'.repeat(classes - 1)}""],"sparseCounts":[${"[7,1],".repeat(classes - 1)}[7,1]]}`;
  const before = process.memoryUsage();
  const content = parseEvaluationJson(text);
  const after = process.memoryUsage();
  expect(content).toHaveProperty("sparseCounts.length", classes);
  expect(content).not.toHaveProperty("counts");
  // The whole matrix would take 2 GB.
  expect(after.heapUsed - before.heapUsed).toBeLessThan(2 ** 28);
});

test("of few classes, and where most have samples, counts stand as they are", () => {
  const content = classification(3, 1);
  expect(JSON.parse(evaluationJson(content)).counts).toEqual(content.counts);
  expect(parseEvaluationJson(evaluationJson(content))).toEqual(content);
});

test("what was stored with all counts is read", () => {
  const content = classification(100, 1);
  expect(parseEvaluationJson(exactJson(content))).toEqual(content);
});

test.each([
  ["[1", "JSON"],
  ["null", "must be an evaluation of a classification or regression; it was of undefined"],
  ['{"kind":"other"}', 'it was of "other"'],
  [
    '{"kind":"classification","classNames":["a"],"sparseCounts":[[1,2]]}',
    "a class below 1 and a number; got 1, 2",
  ],
  ['{"kind":"classification","classNames":["a"],"sparseCounts":[[0]]}', "got 0, undefined"],
  ['{"kind":"classification","classNames":["a"],"sparseCounts":[[0,1,0,2]]}', "each once and in order"],
  ['{"kind":"classification","classNames":["a"],"sparseCounts":[[],[]]}', "got 2 for 1"],
  ['{"kind":"classification","classNames":["a"],"sparseCounts":[null]}', "a list for each"],
  ['{"kind":"classification","sparseCounts":[]}', "got 0 for undefined"],
])("%s is refused", (text, sentence) => {
  expect(() => parseEvaluationJson(text)).toThrow(SyntaxError);
  expect(() => parseEvaluationJson(text)).toThrow(sentence);
});
