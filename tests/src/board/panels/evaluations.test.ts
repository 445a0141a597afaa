import { describe, expect, it } from "vitest";
import type { ClassificationContent, RegressionContent } from "../../../../src/base/evaluationContent.js";
import type { BoardEvaluations, BoardMedia } from "../../../../src/board/boardMedia.js";
import type { Spec } from "../../../../src/board/inlineData.js";
import { boardSettings } from "../../../../src/board/options.js";
import { evaluations } from "../../../../src/board/panels/evaluations.js";
import { remarks } from "../../../../src/board/remarks.js";
import { renderSvg } from "../../../../src/board/render/svg.js";
import { labelled } from "../../../../src/board/series.js";
import { boardSpec } from "../../../../src/board/spec.js";
import { boardText } from "../../../../src/board/text.js";
import { unpackBoard } from "../../../../src/board/unpackBoard.js";
import { carriedPage } from "../carriedPage.js";
import { exampleRun } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";
import { schemaErrors } from "../vegaLiteSchema.js";

const curve = (name: string, isMicro: boolean, area: number) => ({
  name,
  isMicro,
  averagePrecision: area,
  rocAuc: area,
  precisionRecall: [
    [0, 1],
    [1, 0.5],
  ] as const,
  roc: [
    [0, 0],
    [1, 1],
  ] as const,
});
const classification = (accuracy: number): ClassificationContent => ({
  kind: "classification",
  size: 20,
  loss: Number.NaN,
  accuracy,
  f1: accuracy,
  classNames: ["a", "b", "<script>"],
  counts: [
    [9, 1, 0],
    [2, 8, 0],
    [0, 0, 0],
  ],
  curves: [curve("micro-average", true, accuracy), curve("a", false, 0.9), curve("b", false, 0.7)],
  averagePrecision: 0.8,
  rocAuc: 0.8,
  mistakes: [{ sample: 3, label: "a", predicted: "b", probability: 0.6, loss: 1.5 }],
});
const regression: RegressionContent = {
  kind: "regression",
  size: 2,
  meanSquaredError: 1,
  rootMeanSquaredError: 1,
  meanAbsoluteError: 1,
  r2: 0.5,
  points: [
    [0, 1],
    [1, Number.NaN],
  ],
};

function runsWith(...all: Record<string, BoardEvaluations>[]) {
  return labelled(all.map((_, i) => exampleRun(`run-${i}`, {}))).map((run, i) => {
    const media: BoardMedia = {
      texts: new Map(),
      images: new Map(),
      evaluations: new Map(Object.entries(all[i]!)),
    };
    return { ...run, media };
  });
}
const twice = (accuracy: number): BoardEvaluations => ({
  shown: [
    { step: 90, content: classification(accuracy) },
    { step: 10, content: classification(0.5) },
  ],
  count: 4,
});
const once: BoardEvaluations = { shown: [{ step: 5, content: regression }], count: 1 };
const titles = (cards: readonly Spec[]) => cards.map(({ title }) => (title as { text: string }).text);

describe("evaluations on a board", () => {
  it("are, of one run, curves of each class, the newest and the first matrix, and the worst mistakes", () => {
    const [section] = evaluations(runsWith({ test: twice(0.85) }), panelStyle);
    expect(section!.title).toBe("evaluation: test");
    expect(titles(section!.cards)).toEqual([
      "precision over recall",
      "ROC: true over false positives",
      "run-0: step 90, the newest of 4",
      "run-0: step 10, the first",
      "classes",
      "worst mistakes",
    ]);
    const [{ encoding }] = section!.cards[0]!.layer as [{ encoding: { color: Spec } }];
    expect(encoding.color).toMatchObject({ field: "class", scale: { domain: ["micro-average", "a", "b"] } });
    expect(section!.cards[2]!.title).toMatchObject({
      subtitle: ["accuracy 0.85, loss NaN, macro F1 0.85", "macro average precision 0.8, macro ROC area 0.8"],
    });
  });

  it("stand beside each other within a notebook's width, with the names of their classes or runs", async () => {
    const settings = boardSettings({ kind: "evaluation" });
    for (const runs of [
      runsWith({ test: twice(0.8) }),
      runsWith({ test: twice(0.8) }, { test: twice(0.7) }),
    ]) {
      const spec = boardSpec({ runs, sweeps: [] }, settings);
      const svg = await renderSvg(spec, "vega-lite");
      const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
      expect(width).toBeGreaterThan(600);
      expect(width).toBeLessThanOrEqual(900);
    }
  });

  it("name the mean over the classes macro, the area of all together micro, and of two classes whose it is", () => {
    const binary = (content: ClassificationContent): BoardEvaluations => ({
      shown: [
        {
          step: 1,
          content: {
            ...content,
            classNames: ["cat", "dog"],
            counts: [
              [9, 1],
              [2, 8],
            ],
          },
        },
      ],
      count: 1,
    });
    const subtitles = (...found: BoardEvaluations[]) =>
      evaluations(runsWith(...found.map((test) => ({ test }))), panelStyle).flatMap(({ cards }) =>
        cards.map(({ title }) => (title as { subtitle?: readonly string[] }).subtitle),
      );
    const [curves, , matrix] = subtitles(twice(0.8), twice(0.7));
    expect(curves?.[0]).toBe("micro average precision, of all classes together:");
    expect(matrix?.[1]).toBe("macro average precision 0.8, macro ROC area 0.8");
    expect(subtitles(twice(0.8))[0]?.[0]).toBe("macro average precision 0.800, mean of the classes");
    const [ofOne, , ofTwo] = subtitles(binary(classification(0.8)));
    expect(ofOne?.[0]).toBe("average precision 0.800, of dog");
    expect(ofTwo?.[1]).toBe("of dog: average precision 0.8, ROC area 0.8");
  });

  it("have the curves of several runs over each other, in the runs' own colours", () => {
    const runs = runsWith({ test: twice(0.85) }, { prices: once }, { test: twice(0.7) });
    const [test, prices] = evaluations(runs, panelStyle);
    const [lines] = test!.cards[0]!.layer as [{ encoding: { color: Spec } }];
    const { color } = lines.encoding;
    expect(color).toMatchObject({
      field: "run",
      scale: { domain: ["run-0", "run-2"], range: ["#2a86d8", "#109a74"] },
    });
    expect(test!.cards[1]!.title).toMatchObject({
      subtitle: ["micro area, of all classes together:", "run-0 0.850, run-2 0.700"],
    });
    expect(titles(test!.cards)).not.toContain("worst mistakes");
    expect(titles(prices!.cards)).toEqual(["run-1: step 5"]);
    expect(prices!.cards[0]!.title).toMatchObject({
      subtitle: ["RMSE 1, MAE 1, R² 0.5", "1 that are not finite are left out"],
    });
  });

  it("are valid Vega-Lite, text in a terminal, and come through a page's file as they are", () => {
    const runs = runsWith({ test: twice(0.85), prices: once });
    const settings = boardSettings({ kind: "evaluation" });
    expect(schemaErrors(boardSpec({ runs, sweeps: [] }, settings))).toEqual([]);
    const text = boardText({ runs, sweeps: [] }, settings);
    expect(text).toContain("evaluation test of run-0, step 90: accuracy 0.85, loss NaN");
    expect(text).toMatch(/true \\ predicted +a +b +<script>\n.*\na +9 +1 +0\n/);
    expect(text).toContain("evaluation prices of run-0, step 5: RMSE 1, MAE 1, R² 0.5 on 2 samples");
    const page = JSON.parse(JSON.stringify(carriedPage({ runs, sweeps: [] }, settings)));
    expect(unpackBoard(page).runs[0]?.media?.evaluations).toEqual(runs[0]!.media.evaluations);
  });

  it("are found by their names, and told to be missing", () => {
    const runs = runsWith({ test: twice(0.85), prices: once });
    const asked = boardSettings({ kind: "evaluation", tags: "pri" });
    expect(boardText({ runs, sweeps: [] }, asked)).not.toContain("evaluation test");
    expect(remarks({ runs: runsWith({}), sweeps: [] }, boardSettings({ kind: "evaluation" }))).toContain(
      "No evaluations here; run.evaluation records them.",
    );
  });
});
