import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classCurves } from "../../../src/evaluate/classCurves.js";
import { curveContents } from "../../../src/evaluate/curveContents.js";
import { precisionRecallCurve, rocCurve, thresholdCounts } from "../../../src/evaluate/curves.js";

interface Curves {
  readonly precision: number[];
  readonly recall: number[];
  readonly thresholds: number[];
  readonly averagePrecision: number;
  readonly falsePositiveRate: number[];
  readonly truePositiveRate: number[];
  readonly rocThresholds: number[];
  readonly area: number;
}
const oracle = JSON.parse(
  readFileSync(new URL("../../oracles/evaluate/sklearn_curves.json", import.meta.url), "utf8"),
) as {
  binary: Record<string, Curves & { labels: number[]; scores: number[] }>;
  multiclass: {
    labels: number[];
    probabilities: number[][];
    averagePrecision: number[];
    rocAuc: number[];
    macroAveragePrecision: number;
    macroRocAuc: number;
    micro: Curves;
  };
};

function close(given: ArrayLike<number>, expected: readonly number[]): void {
  expect(given.length).toBe(expected.length);
  Array.from(given).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 12);
  });
}

describe("curves of two classes", () => {
  it.each(Object.entries(oracle.binary))("agree with scikit-learn: %s", (_name, expected) => {
    const counts = thresholdCounts(expected.labels, Float32Array.from(expected.scores));
    const curve = precisionRecallCurve(counts);
    close(curve.precision, expected.precision);
    close(curve.recall, expected.recall);
    close(curve.thresholds, expected.thresholds);
    expect(curve.averagePrecision).toBeCloseTo(expected.averagePrecision, 12);
    const roc = rocCurve(counts);
    close(roc.falsePositiveRate, expected.falsePositiveRate);
    close(roc.truePositiveRate, expected.truePositiveRate);
    expect(roc.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
    close(roc.thresholds.slice(1), expected.rocThresholds);
    expect(roc.area).toBeCloseTo(expected.area, 12);
  });

  it("have no area where a class is absent", () => {
    const scores = Float32Array.of(0.2, 0.7);
    const none = thresholdCounts([0, 0], scores);
    expect(precisionRecallCurve(none).averagePrecision).toBeNaN();
    expect(rocCurve(none).area).toBeNaN();
    const all = thresholdCounts([1, 1], scores);
    expect(precisionRecallCurve(all).averagePrecision).toBe(1);
    expect(rocCurve(all).area).toBeNaN();
  });

  it("take scores that are infinite, and zeros of either sign as one", () => {
    const scores = Float32Array.of(-0, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, -1);
    const counts = thresholdCounts([1, 1, 0, 0, 1], scores);
    expect([...counts.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0, -1, Number.NEGATIVE_INFINITY]);
    expect([...counts.truePositives]).toEqual([1, 2, 3, 3]);
    expect([...counts.falsePositives]).toEqual([0, 1, 1, 2]);
  });

  it("name the sample whose score is NaN", () => {
    expect(() => thresholdCounts([0, 1, 1], Float32Array.of(0.1, Number.NaN, 0.2))).toThrow(
      new RangeError("A curve needs scores that are numbers; that of sample 1 is NaN"),
    );
    expect(() => thresholdCounts([0, 1], Float32Array.of(0.1))).toThrow("2 labels and 1 scores");
  });
});

describe("curves of several classes", () => {
  const { labels, probabilities, ...expected } = oracle.multiclass;
  const classNames = ["a", "b", "c", "d", "absent"];
  const judged = {
    labels: Int32Array.from(labels),
    probabilities: Float32Array.from(probabilities.flat()),
    classNames,
  };
  const found = classCurves(judged);

  it("agree with scikit-learn, each class against the others", () => {
    expect(found.perClass.map(({ name }) => name)).toEqual(classNames);
    close(
      found.perClass.slice(0, 4).map(({ precisionRecall }) => precisionRecall.averagePrecision),
      expected.averagePrecision,
    );
    close(
      found.perClass.slice(0, 4).map(({ roc }) => roc.area),
      expected.rocAuc,
    );
  });

  it("leave a class without samples out of the mean", () => {
    expect(found.perClass[4]?.precisionRecall.averagePrecision).toBeNaN();
    expect(found.averagePrecision).toBeCloseTo(expected.macroAveragePrecision, 12);
    expect(found.rocAuc).toBeCloseTo(expected.macroRocAuc, 12);
  });

  it("agree with scikit-learn over all classes together", () => {
    close(found.micro!.precisionRecall.precision, expected.micro.precision);
    close(found.micro!.roc.truePositiveRate, expected.micro.truePositiveRate);
    expect(found.micro!.precisionRecall.averagePrecision).toBeCloseTo(expected.micro.averagePrecision, 12);
    expect(found.micro!.roc.area).toBeCloseTo(expected.micro.area, 12);
  });

  it("are of the second class where there are two", () => {
    const two = classCurves({
      labels: Int32Array.of(0, 1),
      probabilities: Float32Array.of(0.9, 0.1, 0.2, 0.8),
      classNames: ["no", "yes"],
    });
    expect(two.perClass.map(({ name }) => name)).toEqual(["yes"]);
    expect([two.micro, two.rocAuc, two.averagePrecision]).toEqual([undefined, 1, 1]);
  });

  it("have the same areas as they are drawn, thinned to what can be told apart", () => {
    const drawn = curveContents(judged);
    expect([drawn.averagePrecision, drawn.rocAuc]).toEqual([found.averagePrecision, found.rocAuc]);
    expect(drawn.curves.map(({ name }) => name)).toEqual(["micro-average", "a", "b", "c", "d"]);
    for (const { name, averagePrecision, precisionRecall, roc } of drawn.curves) {
      const whole = [found.micro!, ...found.perClass].find((curve) => curve.name === name)!;
      expect(averagePrecision).toBe(whole.precisionRecall.averagePrecision);
      expect(precisionRecall.at(0)).toEqual([0, 1]);
      expect(roc.at(0)).toEqual([0, 0]);
      expect(roc.at(-1)).toEqual([1, 1]);
    }
  });

  it("of many classes are drawn of those with the least average precision, in their order", () => {
    const count = 30;
    const share = (k: number) => (k % 3 === 0 ? 0.1 : 0.9);
    // Class k has one sample, which is given to it by that share; what is left goes to class 29 of every third.
    const probabilities = Float32Array.from({ length: count * count }, (_, i) => {
      const [sample, k] = [Math.floor(i / count), i % count];
      return k === sample ? share(k) : sample % 3 === 1 && k % 3 === 0 ? 0.2 : 0;
    });
    const { curves } = curveContents({
      labels: Int32Array.from({ length: count }, (_, k) => k),
      probabilities,
      classNames: Array.from({ length: count }, (_, k) => String(k)),
    });
    expect(curves.map(({ name }) => name)).toEqual([
      "micro-average",
      ...Array.from({ length: 10 }, (_, k) => String(3 * k)),
    ]);
  });

  it("name the sample and the class of a NaN", () => {
    const bad = Float32Array.of(0.9, 0.1, 0.2, Number.NaN);
    const labels = Int32Array.of(0, 1);
    expect(() => classCurves({ labels, probabilities: bad, classNames: ["no", "yes"] })).toThrow(
      new RangeError('Curves of a classifier need probabilities; sample 1 has NaN for class "yes"'),
    );
  });
});
