import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sections } from "../../../src/board/content.js";
import { boardSettings } from "../../../src/board/options.js";
import { readMedia } from "../../../src/board/readMedia.js";
import { remarks } from "../../../src/board/remarks.js";
import { labelled } from "../../../src/board/series.js";
import { boardSpec } from "../../../src/board/spec.js";
import { boardText } from "../../../src/board/text.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { carriedPage } from "../board/carriedPage.js";
import { panelStyle } from "../board/panelStyle.js";
import { schemaErrors } from "../board/vegaLiteSchema.js";

const oracles = fileURLToPath(new URL("../../oracles/tensorboard/", import.meta.url));
interface Told {
  step: number;
  wall_time: number;
  precision: number[];
  recall: number[];
  average_precision: number;
}
const told: Record<string, Record<string, Told[]>> = JSON.parse(
  readFileSync(join(oracles, "prCurves.json"), "utf8"),
);

describe("PR curves that other programs wrote", () => {
  const folder = mkdtempSync(join(tmpdir(), "pr-curves-"));
  beforeAll(() => {
    for (const [run, file] of [
      ["tensorboard", "prCurves"],
      ["pytorch", "pytorchPrCurves"],
      ["three", "threeThresholds"],
    ] as const) {
      mkdirSync(join(folder, run));
      cpSync(join(oracles, `${file}.tfevents`), join(folder, run, "events.out.tfevents.1.host"));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const board = (...names: string[]) => {
    const settings = boardSettings({ kind: "evaluation" });
    const runs = labelled(names.map((name) => readRun(join(folder, name)))).map((run) => {
      const media = readMedia(run.data, settings.kinds);
      return { ...run, ...(media && { media }) };
    });
    return { data: { runs, sweeps: [] }, settings };
  };

  for (const run of ["tensorboard", "pytorch", "three"])
    it(`are read as TensorBoard's own plugin reads them: ${run}`, () => {
      const { prCurves, histograms } = readRun(join(folder, run));
      expect(histograms.size).toBe(0);
      const expected = told[run] ?? {};
      expect([...prCurves.keys()].sort()).toEqual(Object.keys(expected).sort());
      for (const [tag, curves] of Object.entries(expected)) {
        const points = prCurves.get(tag) ?? [];
        expect(points.map(({ step }) => step)).toEqual(curves.map(({ step }) => step));
        points.forEach(({ wallTime, curve }, i) => {
          const { precision, recall, average_precision, wall_time } = curves[i] as Told;
          const read = curve.read();
          expect(wallTime).toBe(wall_time);
          expect(read.points.map(([, at]) => at)).toEqual(precision.map((at) => expect.closeTo(at, 6)));
          expect(read.points.map(([at]) => at)).toEqual(recall.map((at) => expect.closeTo(at, 6)));
          expect(read.averagePrecision).toBeCloseTo(average_precision, 5);
        });
      }
    });

  it("are a chart each, of the newest step, and on a page of any", () => {
    const { data, settings } = board("tensorboard", "pytorch");
    expect(schemaErrors(boardSpec(data, settings))).toEqual([]);
    const [still] = sections(data, settings, panelStyle);
    const titles = still?.cards.map(({ title }) => title) as { text: string; subtitle: string[] }[];
    expect(titles.map(({ text }) => text)).toEqual(["dogs, step 30", "cats, step 30", "classes/dog, step 6"]);
    expect(titles[0]?.subtitle).toEqual(["average precision, about:", "tensorboard 0.942"]);
    const [page] = sections(data, settings, { ...panelStyle, stepSlider: true });
    expect(page?.steps?.map((one) => one?.steps)).toEqual([
      [10, 20, 30],
      [10, 20, 30],
      [5, 6],
    ]);
    expect(page?.cards).toEqual(still?.cards);
    expect(remarks(data, settings)).toEqual([]);
    expect(boardText(data, settings)).toContain(
      "PR curve dogs of tensorboard, step 30: average precision 0.942 at 51 thresholds",
    );
  });

  it("come through a page's file as they are", () => {
    const { data, settings } = board("tensorboard");
    const back = unpackBoard(JSON.parse(JSON.stringify(carriedPage(data, settings))));
    expect(back.runs[0]?.media?.prCurves).toEqual(data.runs[0]?.media?.prCurves);
  });

  it("are found by their names", () => {
    const { data } = board("tensorboard");
    const [found] = sections(data, boardSettings({ kind: "evaluation", tags: "cats" }), panelStyle);
    expect(found?.cards).toHaveLength(1);
  });

  it("are not told a second time of a run's own evaluation", async () => {
    const run = openRun({ name: "own", dir: folder, sources: [] });
    const curve = {
      name: "dog",
      truePositives: Float64Array.of(3, 2, 1, 0),
      falsePositives: Float64Array.of(3, 1, 0, 0),
      positives: 3,
      negatives: 3,
    };
    const content = {
      kind: "regression",
      size: 0,
      meanSquaredError: 0,
      rootMeanSquaredError: 0,
      meanAbsoluteError: 0,
      r2: 0,
      points: [],
    } as const;
    await run.evaluation(
      { toRecord: () => ({ content, text: "", scalars: {}, thresholdCurves: [curve], charts: {} }) },
      { name: "test", step: 1 },
    );
    run.finish();
    const read = readRun(run.dir);
    expect([...read.evaluations.keys()]).toEqual(["test"]);
    expect([...read.prCurves.keys()]).toEqual([]);
  });
});
