import { describe, expect, test } from "vitest";
import { random } from "../../../../src/base/random.js";
import { unnormalizedInput } from "../../../../src/doctor/rules/unnormalizedInput.js";
import { data, tf } from "../../../../src/index.js";
import { dataView, type MadeData, withoutData } from "./dataView.js";

const rows = 200;
const normal = (seed: number, of: (value: number, column: number) => number = (value) => value) => {
  const generator = random(seed);
  return Array.from({ length: rows }, () => [0, 1, 2].map((column) => of(generator.normal(), column)));
};
const y = Array.from({ length: rows }, (_, i) => i % 2);

function judge(x: MadeData["data"]["x"], made: Partial<MadeData> = {}) {
  const judgement = unnormalizedInput.judge(dataView({ data: { x, y }, ...made }));
  return judgement.kind === "verdict" ? judgement.verdict : judgement.kind;
}

const badly = { epochs: { valAccuracy: [0.5, 0.5] } };
const well = { epochs: { valAccuracy: [0.7, 0.95] } };

describe("UnnormalizedInput", () => {
  test.each([
    ["[0, 1]", (value: number) => 1 / (1 + Math.exp(-value))],
    ["[−1, 1]", Math.tanh],
    ["mean 0 and deviation 1", (value: number) => value],
    ["mean 3 and deviation 2", (value: number) => 3 + 2 * value],
    ["deviation 0.1", (value: number) => value / 10],
    ["nothing but zeros", () => 0],
  ])("accepts %s, also of a run that learns badly", (_, of) => {
    expect(judge(normal(1, of), badly)).toBe("healthy");
  });

  test("names the column that is far out, with its range", () => {
    const found = judge(
      normal(2, (value, column) => (column === 1 ? 1000 + value : value)),
      well,
    );
    expect(found).toMatchObject({
      severity: "warning",
      step: 0,
      message: expect.stringMatching(
        /column 1 \(of 3, counted from 0\) lies between 99\d\.\d+ and 100\d\.\d+ \(mean 999\.9\d*, deviation 0\.9\d*\)/,
      ),
      evidence: [{ value: expect.closeTo(1000, 0), threshold: 12, crossed: "above" }],
    });
  });

  test("is an error where the run learns badly", () => {
    expect(
      judge(
        normal(3, (value) => 56 * value),
        badly,
      ),
    ).toMatchObject({
      severity: "error",
      message: expect.stringContaining("the largest of 3 such columns,"),
      evidence: [{ threshold: 12 }, { what: "valAccuracy", value: 0.5 }],
    });
  });

  test("counts up to ten are a remark where the run learns", () => {
    const counts = normal(4).map((row) => row.map((value) => Math.round(5 + 3 * Math.tanh(value))));
    expect(judge(counts, well)).toMatchObject({ severity: "info" });
    expect(judge(counts, badly)).toMatchObject({ severity: "warning" });
  });

  test("rare bits are not tiny; pixels divided twice are", () => {
    const bits = normal(5, (value, column) => (column === 0 ? value : Number(value > 2.3)));
    expect(judge(bits, badly)).toBe("healthy");
    const twice = normal(5, (value) => (1 / 255) * (1 / (1 + Math.exp(-value))));
    expect(judge(twice, badly)).toMatchObject({
      severity: "error",
      evidence: [{ crossed: "below", threshold: 0.01 }, {}],
    });
    expect(judge(twice, well)).toMatchObject({ severity: "info" });
  });

  test("a first loss far above ln K stands beside it", () => {
    const found = judge(
      normal(6, (value) => 56 * value),
      { ...well, stepLoss: [69.3147180559945] },
    );
    expect(found).toMatchObject({ evidence: [{}, { value: expect.closeTo(100, 6), threshold: 3 }] });
  });

  test("bytes are to be divided by 255; images by channel", () => {
    const bytes = Uint8Array.from({ length: rows * 12 }, (_, i) => (i * 37) % 256);
    const run = dataView({ data: { x: bytes, y, inputShape: [2, 2, 3] }, ...well });
    const judgement = unnormalizedInput.judge(run);
    expect(judgement).toMatchObject({
      verdict: {
        message: expect.stringMatching(/channel \d \(of 3, counted from 0\)/),
        prescription: [
          { code: expect.stringContaining("tf.div(x, 255)"), change: { data: "normalize" } },
          { code: expect.stringContaining("tf.moments(x, [0, 1, 2])"), change: { data: "normalize" } },
          {},
        ],
      },
    });
  });

  test("the advice scales validation and test as it scales the training rows", () => {
    const x = normal(9, (value) => 100 * value);
    const codes = (given: object) => {
      const judgement = unnormalizedInput.judge(dataView({ data: { x, y, ...given }, ...well }));
      return judgement.kind === "verdict" ? (judgement.verdict.prescription[0]?.code ?? "") : "";
    };
    expect(codes({})).toMatch(/data\.arrays\(\{ \.\.\.options, x: scale\(x\) \}\)$/);
    expect(codes({ validation: { x, y }, test: { x, y } })).toMatch(
      /x: scale\(x\), validation: \{ \.\.\.validation, x: scale\(validation\.x\) \}, test: \{ \.\.\.test, x: scale\(test\.x\) \} \}\)$/,
    );
  });

  test("the advice runs on arrays and on tensors", () => {
    const x = normal(9, (value) => 100 * value);
    const found = judge(x, { ...badly });
    const { code = "" } = typeof found === "string" ? {} : (found.prescription[0] ?? {});
    const run = new Function("tf", "data", "options", "x", code.replace(/data\.arrays\(.*$/, "return $&"));
    const [ofArrays, ofTensors] = [x, tf.tensor(x)].map((given) => run(tf, data, { y, classes: 2 }, given));
    const column = Array.from({ length: rows }, (_, row) => ofArrays.train.x[3 * row + 1]);
    const mean = column.reduce((sum, value) => sum + value / rows, 0);
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0);
    expect([mean, variance]).toEqual([expect.closeTo(0, 4), expect.closeTo(1, 4)]);
    expect(ofTensors.train.x).toEqual(ofArrays.train.x);
  });

  test("is silent where the first layer normalises, or looks up", () => {
    const far = normal(7, (value) => 500 + 100 * value);
    for (const kind of ["BatchNormalization", "Rescaling", "Embedding"])
      expect(judge(far, { ...badly, kinds: ["InputLayer", "Flatten", kind, "Dense"] })).toBe("healthy");
    expect(judge(far, { ...badly, kinds: ["InputLayer", "Dense", "BatchNormalization"] })).toMatchObject({
      severity: "error",
    });
  });

  test("does not judge what it does not know", () => {
    const far = normal(8, (value) => 100 * value);
    expect(judge(far, { kinds: ["Standardise", "Dense"] })).toBe("notEnough");
    expect(judge(far, { kinds: [] })).toBe("notEnough");
    expect(unnormalizedInput.judge(withoutData())).toEqual({
      kind: "notEnough",
      missing: "what fit records of its data (data.json)",
    });
    const two = { x: { size: normal(8), age: far }, y };
    expect(judge([[0]], { data: two, kinds: ["Embedding", "Concatenate", "Dense"] })).toBe("notEnough");
    expect(judge([[0]], { data: two, ...well })).toMatchObject({
      message: expect.stringContaining('of "age"'),
    });
  });
});
