import type { TopLevelSpec } from "vega-lite";
import { compile } from "vega-lite";
import { describe, expect, it } from "vitest";
import type { ClassificationContent } from "../../../src/base/evaluationContent.js";
import { confusionChart, evaluationChart } from "../../../src/board/evaluationChart.js";
import type { Spec } from "../../../src/board/inlineData.js";
import { renderSvg } from "../../../src/board/render/svg.js";
import { schemaErrors } from "./vegaLiteSchema.js";

const hostile = `</text><script>alert(1)</script>`;

function content(classes: number): ClassificationContent {
  const counts = Array.from({ length: classes }, (_, t) =>
    Array.from({ length: classes }, (_, p) => (p === t ? 90 : p === (t + 1) % classes ? 10 : 0)),
  );
  const curve = {
    averagePrecision: 0.9,
    rocAuc: 0.95,
    roc: [
      [0, 0],
      [0.1, 0.9],
      [1, 1],
    ] as const,
  };
  const precisionRecall = [
    [0, 1],
    [1, 0.5],
  ] as const;
  return {
    kind: "classification",
    size: 100 * classes,
    loss: 0.5,
    accuracy: 0.9,
    f1: 0.9,
    classNames: Array.from({ length: classes }, (_, k) => (k === 0 ? hostile : `class ${k}`)),
    counts,
    curves: [
      { ...curve, name: "micro-average", isMicro: true, precisionRecall },
      { ...curve, name: hostile, isMicro: false, precisionRecall },
    ],
    averagePrecision: 0.9,
    rocAuc: 0.95,
    mistakes: [{ sample: 7, label: hostile, predicted: "class 1", probability: 0.8, loss: 2 }],
  };
}

const warningsOf = (spec: Spec) => {
  const warnings: unknown[] = [];
  const quiet = () => logger;
  const note = (...message: unknown[]) => {
    warnings.push(message);
    return logger;
  };
  const logger = { level: quiet, error: note, warn: note, info: quiet, debug: quiet };
  compile(spec as unknown as TopLevelSpec, { logger: logger as never });
  return warnings;
};

describe("the chart of a classifier's evaluation", () => {
  it.each([2, 9, 10, 40, 100])("is valid Vega-Lite and draws, with %d classes", async (classes) => {
    const spec = evaluationChart(content(classes), "accuracy 90 %");
    expect(schemaErrors(spec)).toEqual([]);
    expect(warningsOf(spec)).toEqual([]);
    const svg = await renderSvg(spec);
    expect(svg).not.toContain("<script");
    expect(svg.match(/#2a86d8/g)!.length).toBeGreaterThanOrEqual(classes > 85 ? 42 : classes);
  });

  it("writes counts and shares where there is room, and thins labels where there is not", async () => {
    const few = await renderSvg(confusionChart(content(9), "all"));
    expect(few.match(/>90</g)).toHaveLength(9);
    expect(few.match(/>10 %</g)).toHaveLength(9);
    const more = await renderSvg(confusionChart(content(12), "all"));
    expect([more.match(/>10</g)?.length, more.match(/>10 %</g)]).toEqual([12, null]);
    const many = await renderSvg(confusionChart(content(100), "all"));
    expect(many).not.toContain(">90<");
    expect(many.match(/>class 95</g)).toHaveLength(2);
    expect(many).not.toContain(">class 96<");
  });

  it("leaves the emptiest cells of a full large matrix out, and says how many", () => {
    const full = Array.from({ length: 60 }, (_, t) =>
      Array.from({ length: 60 }, (_, p) => (p === t ? 500 : 1)),
    );
    const spec = confusionChart({ ...content(60), counts: full }, "all");
    const rows = String((spec.data as { values: string }).values)
      .split("\n")
      .slice(1);
    expect(rows).toHaveLength(1500);
    expect(rows.filter((row) => row.includes(",500,"))).toHaveLength(60);
    expect(JSON.stringify(spec.title)).toContain("2100 cells of the least share are left out");
  });
});

/** Views with data, depth first. */
const leaves = (spec: Spec): Spec[] => {
  const parts = (spec.vconcat ?? spec.hconcat) as Spec[] | undefined;
  return parts ? parts.flatMap(leaves) : [spec];
};
const titleOf = (spec: Spec) => (spec.title as { text: string }).text;
const views = (given: ClassificationContent) =>
  Object.fromEntries(leaves(evaluationChart(given, "all")).map((view) => [titleOf(view), view]));

describe("the parts of the chart of a classifier's evaluation", () => {
  /** Of each class a line that differs from all others. */
  const manyCurves = (classes: number, drawn: number): ClassificationContent => {
    const { curves = [], ...rest } = content(classes);
    const [micro, first] = curves as [(typeof curves)[number], (typeof curves)[number]];
    return {
      ...rest,
      curves: [micro, ...Array.from({ length: drawn }, (_, k) => ({ ...first, name: `class ${k}` }))],
    };
  };

  it("gives each of ten lines another colour, and each four another dash", () => {
    const { "precision over recall": card } = views(manyCurves(10, 10));
    const lines = (card!.layer as Spec[]).at(-1)! as { encoding: Record<string, Spec> };
    const rangeOf = (channel: string) => (lines.encoding[channel]!.scale as { range: unknown[] }).range;
    const [colours, dashes] = [rangeOf("color"), rangeOf("strokeDash").map(String)];
    expect(new Set(colours).size).toBe(11);
    expect(new Set(dashes.slice(1)).size).toBe(3);
    expect(new Set(dashes.slice(1, 5)).size).toBe(1);
    // That of all classes has a dash of its own.
    expect(dashes.slice(1)).not.toContain(dashes[0]);
  });

  it("says of which classes there are curves, and has one legend for both charts", async () => {
    const some = evaluationChart(manyCurves(40, 10), "all");
    const svg = await renderSvg(some);
    expect(svg.match(/>the 10 of 40 classes with the lowest average precision</g)).toHaveLength(1);
    expect(svg.match(/>micro-average</g)).toHaveLength(1);
    expect(await renderSvg(evaluationChart(manyCurves(10, 10), "all"))).not.toContain("lowest average");
  });

  it("are as large for few classes as for many, about", () => {
    for (const classes of [2, 3, 5, 9, 40, 400]) {
      const { "confusion matrix": matrix, "precision over recall": first, ...rest } = views(content(classes));
      const second = rest["ROC: true over false positives"]!;
      const stacked = Number(matrix!.height) > 200;
      const height = Number(first!.height) + (stacked ? Number(second.height) : 0);
      expect(height).toBeGreaterThan(0.6 * Number(matrix!.height));
      expect(height).toBeLessThan(1.3 * Number(matrix!.height));
    }
  });

  it("tell of few classes how well each is known, of many what is confused most", async () => {
    const few = await renderSvg(evaluationChart(content(9), "all"));
    expect(few).toContain(">class 1: F1 90 %, precision 90 %, recall 90 %<");
    expect(few).not.toContain("largest confusions");
    const given = content(4100);
    const counts = given.counts.map((row, t) => (t === 4000 ? row.map((n, p) => (p === 3 ? 25 : n)) : row));
    const many = await renderSvg(evaluationChart({ ...given, counts }, "all"));
    expect(many).toContain(">class 4000 taken for class 3: 25 of 125 (20 %)<");
    expect(many).toContain("the 42 most confused of 4,100 classes");
  });
});

describe("the chart of a regression's evaluation", () => {
  const metrics = { meanSquaredError: 1, rootMeanSquaredError: 1, meanAbsoluteError: 1, r2: 0.5 };

  it.each<[string, [number, number][]]>([
    [
      "many points",
      [
        [0, 1],
        [5, 4],
        [-3, 2],
      ],
    ],
    ["one point", [[2, 2]]],
    ["none", []],
    [
      "some that are not finite",
      [
        [0, Number.NaN],
        [1, 2],
      ],
    ],
  ])("is valid Vega-Lite and draws %s", async (_what, points) => {
    const spec = evaluationChart({ kind: "regression", size: 3, ...metrics, points }, "RMSE 1");
    expect(schemaErrors(spec)).toEqual([]);
    expect(warningsOf(spec)).toEqual([]);
    const svg = await renderSvg(spec);
    expect(svg).not.toContain("NaN");
    if (_what.startsWith("some")) expect(svg).toContain("1 that are not finite are left out");
  });
});
