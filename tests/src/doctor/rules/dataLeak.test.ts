import { describe, expect, test } from "vitest";
import { random } from "../../../../src/base/random.js";
import { dataLeak } from "../../../../src/doctor/rules/dataLeak.js";
import { dataView, type MadeData, withoutData } from "./dataView.js";
import { repeat } from "./series.js";

type Row = readonly number[];

function normals(count: number, seed: number): Row[] {
  const generator = random(seed);
  return Array.from({ length: count }, () => [generator.normal(), generator.normal()]);
}

/** Rows of whole numbers below `values`. */
function whole(count: number, seed: number, { columns, values }: { columns: number; values: number }): Row[] {
  const generator = random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: columns }, () => generator.integer(values)),
  );
}

const labels = (rows: readonly Row[]) => rows.map((_, i) => i % 2);

function judge(train: readonly Row[], validation: readonly Row[], made: Partial<MadeData> = {}) {
  const data = { x: train, y: labels(train), validation: { x: validation, y: labels(validation) } };
  const judgement = dataLeak.judge(dataView({ data, ...made }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const shuffledRows = (rows: readonly Row[]) =>
  Array.from(random(3).permutation(rows.length), (i) => rows[i]!);

const train = normals(700, 1);
const validation = normals(300, 2);
const withCopies = (count: number) => [...validation.slice(count), ...train.slice(0, count)];

describe("DataLeak: rows in common", () => {
  test("names how many and the first few", () => {
    expect(judge(train, withCopies(150))).toMatchObject({
      severity: "error",
      message:
        "150 of 300 rows of validation (50 %) are training rows too: what is measured there says little about new data. The first are rows 150 (= 0), 151 (= 1), 152 (= 2), 153 (= 3), 154 (= 4), ….",
      evidence: [{ value: 50, threshold: 1, unit: " %" }],
      prescription: [{ change: { data: "removeLeak" } }, {}],
    });
  });

  test("from 1 % and three rows on a warning, from 10 % an error", () => {
    expect(judge(train, validation)).toBe("healthy");
    expect(judge(train, withCopies(2))).toBe("healthy");
    expect(judge(train, withCopies(3))).toMatchObject({ severity: "warning" });
    expect(judge(train, withCopies(29))).toMatchObject({ severity: "warning" });
    expect(judge(train, withCopies(30))).toMatchObject({ severity: "error" });
  });

  test("looks at the test split too", () => {
    const data = {
      x: train,
      y: labels(train),
      test: { x: train.slice(0, 50), y: labels(train.slice(0, 50)) },
    };
    expect(dataLeak.judge(dataView({ data }))).toMatchObject({
      verdict: { message: expect.stringContaining("50 of 50 rows of test (100 %)") },
    });
  });

  test("twins within a split are none, and hide none", () => {
    expect(judge([...train, ...train, ...train], validation)).toBe("healthy");
    expect(judge(train, [...validation, ...validation])).toBe("healthy");
    expect(judge([...train, ...train], withCopies(60))).toMatchObject({ severity: "error" });
  });

  test("blank rows are no leak", () => {
    const blanks = (rows: readonly Row[]) => rows.map((row, i) => (i % 3 === 0 ? [0, 0] : row));
    expect(judge(blanks(train), blanks(validation))).toBe("healthy");
    expect(judge(blanks(train), blanks(withCopies(200)))).toMatchObject({ severity: "error" });
  });

  test.each([
    { columns: 1, values: 2 },
    { columns: 4, values: 3 },
    { columns: 3, values: 12 },
    { columns: 3, values: 20 },
    { columns: 3, values: 40 },
    { columns: 4, values: 30 },
  ])("rows of $columns numbers below $values are common by chance alone", (form) => {
    for (let seed = 0; seed < 30; seed++)
      expect(judge(whole(700, 2 * seed, form), whole(300, 2 * seed + 1, form)), `seed ${seed}`).toBe(
        "healthy",
      );
  });

  test("a leak beyond chance is found in discrete rows", () => {
    const form = { columns: 3, values: 12 };
    const some = whole(700, 4, form);
    const leaked = [...some.slice(0, 150), ...whole(150, 5, form)];
    expect(judge(some, leaked)).toMatchObject({
      severity: "error",
      message: expect.stringContaining("by chance"),
    });
  });

  test.each([
    ["all of them twice", (rows: readonly Row[]) => [...rows, ...rows]],
    ["a tenth of them twice", (rows: readonly Row[]) => [...rows, ...rows.slice(0, 300)]],
    ["some of them ten times", (rows: readonly Row[]) => [...rows, ...repeat(rows.slice(0, 50), 9).flat()]],
  ])("copies that were made before the split are no chance: %s", (_, copied) => {
    const shuffled = shuffledRows(copied(normals(3000, 7)));
    const cut = Math.round(0.8 * shuffled.length);
    expect(judge(shuffled.slice(0, cut), shuffled.slice(cut))).toMatchObject({
      severity: "error",
      evidence: [{ threshold: 1 }],
    });
  });

  test("a few rows that were copied are found where rows are wide, of values that are no flags", () => {
    const wide = (of: (value: number) => number) => {
      const generator = random(5);
      const rows = Array.from({ length: 300 }, () =>
        Array.from({ length: 60 }, () => of(generator.normal())),
      );
      const shuffled = shuffledRows([...rows, ...repeat(rows.slice(0, 10), 9).flat()]);
      return judge(shuffled.slice(0, 300), shuffled.slice(300));
    };
    expect(wide((value) => value)).toMatchObject({ severity: "error" });
    expect(wide((value) => (value > 0 ? 1 : -1))).toBe("healthy");
  });

  test("without another split there is none; without hashes, or data, it does not judge", () => {
    expect(dataLeak.judge(dataView({ data: { x: train, y: labels(train) } })).kind).toBe("healthy");
    const view = dataView({ data: { x: train, y: labels(train), validation: 0.2 } });
    const data = { ...view.data!, hashes: undefined, hashesMissing: "rows.bin whole" };
    expect(dataLeak.judge({ ...view, data })).toEqual({ kind: "notEnough", missing: "rows.bin whole" });
    expect(dataLeak.judge(withoutData()).kind).toBe("notEnough");
  });
});

describe("DataLeak: the label among the inputs", () => {
  const perfect = { epochs: { valAccuracy: [1] } };
  const withColumn = (of: (label: number, i: number) => number) => (rows: readonly Row[]) =>
    rows.map((row, i) => [...row, of(i % 2, i)]);

  test.each([
    ["as it is", (label: number) => label],
    ["scaled", (label: number) => 7 - 3 * label],
    ["with a little noise", (label: number, i: number) => label + 0.005 * Math.sin(i)],
  ])("is found %s, and its column named", (_, of) => {
    const put = withColumn(of);
    expect(judge(put(train), put(validation), perfect)).toMatchObject({
      severity: "error",
      message: expect.stringContaining("column 2 of the inputs"),
      prescription: [{ code: expect.stringContaining("toSpliced(2, 1)") }],
    });
  });

  test("is a warning while the accuracy is not perfect, and noise then none", () => {
    const exact = withColumn((label) => label);
    const badly = { epochs: { valAccuracy: [0.6] } };
    expect(judge(exact(train), exact(validation), badly)).toMatchObject({ severity: "warning" });
    const noisy = withColumn((label, i) => label + 0.005 * Math.sin(i));
    expect(judge(noisy(train), noisy(validation), badly)).toBe("healthy");
  });

  test("is found in a pixel", () => {
    const images = (rows: readonly Row[]) =>
      rows.map(([a, b], i) =>
        [
          [a!, b!, i % 2],
          [b!, 0, a! * b!],
        ].map((line) => line.map((value) => [value])),
      );
    const data = {
      x: images(train),
      y: labels(train),
      validation: { x: images(validation), y: labels(validation) },
    };
    expect(dataLeak.judge(dataView({ data, ...perfect }))).toMatchObject({
      verdict: { message: expect.stringContaining("value [0, 2, 0] of the inputs") },
    });
  });

  test("clouds far from each other, and constant columns, are none", () => {
    const apart = (rows: readonly Row[]) => rows.map(([a, b], i) => [a! / 8 + 4 * (i % 2), b!, 3]);
    expect(judge(apart(train), apart(validation), perfect)).toBe("healthy");
  });
});
