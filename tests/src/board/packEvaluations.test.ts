import { expect, it } from "vitest";
import type { ClassificationContent } from "../../../src/base/evaluationContent.js";
import type { BoardEvaluations } from "../../../src/board/boardMedia.js";
import { sections } from "../../../src/board/content.js";
import { boardSettings } from "../../../src/board/options.js";
import { evaluationsOf } from "../../../src/board/readEvaluations.js";
import { remarks } from "../../../src/board/remarks.js";
import { labelled } from "../../../src/board/series.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import type { EvaluationPoint } from "../../../src/track/runMedia.js";
import { carriedPage } from "./carriedPage.js";
import { exampleRun } from "./exampleRuns.js";
import { panelStyle } from "./panelStyle.js";

/** Every class is mistaken for others, in numbers that tie often. */
function evaluation(classes: number, name: (k: number) => string): ClassificationContent {
  return {
    kind: "classification",
    size: 10 * classes,
    loss: 1,
    accuracy: 0.9,
    f1: 0.9,
    classNames: Array.from({ length: classes }, (_, k) => name(k)),
    counts: Array.from({ length: classes }, (_, t) =>
      Array.from({ length: classes }, (_, p) =>
        p === t ? 90 : (t * 7919 + p * 104_729) % 997 === 0 ? 3 : 0,
      ),
    ),
    mistakes: [],
  };
}

/** Runs with one evaluation each. */
function runsWith(evaluations: readonly BoardEvaluations[]) {
  return labelled(evaluations.map((_, i) => exampleRun(`run-${i}`, {}))).map((run, i) => ({
    ...run,
    media: {
      texts: new Map(),
      images: new Map(),
      evaluations: new Map([["test", evaluations[i] as BoardEvaluations]]),
    },
  }));
}

const settings = boardSettings({ kind: "evaluation" });

/** A page of runs as they are read from files, as a browser reads it. */
function paged(contents: readonly ClassificationContent[]) {
  const read = contents.map((content) =>
    evaluationsOf([
      { step: 3, wallTime: 0, evaluation: { read: () => content } as EvaluationPoint["evaluation"] },
    ]),
  );
  const text = JSON.stringify(carriedPage({ runs: runsWith(read), sweeps: [] }, settings));
  return { text, back: unpackBoard(JSON.parse(text)) };
}

it("carries of a classifier of a thousand classes what the chart of the whole draws", () => {
  const content = evaluation(1000, (k) => `class ${k}`);
  const { text, back } = paged([content]);
  expect(text.length).toBeLessThan(100_000);
  const drawn = sections(back, settings, panelStyle);
  expect(JSON.stringify(drawn)).toContain("most confused of 1,000 classes");
  const whole = runsWith([{ shown: [{ step: 3, content }], count: 1 }]);
  expect(drawn).toEqual(sections({ runs: whole, sweeps: [] }, settings, panelStyle));
  expect(remarks(back, settings)).toEqual([]);
});

it("says which evaluations the page has no room for", () => {
  const long = (run: number) => evaluation(100, (k) => `${run} ${k} ${"long name ".repeat(600)}`);
  const { back } = paged([long(0), long(1), long(2), long(3), long(4)]);
  expect(back.runs.map(({ media }) => media?.evaluations?.size)).toEqual([1, 0, 0, 0, 0]);
  expect(remarks(back, settings)[0]).toBe(
    "The page has no room for 4 evaluations: test of run-1, test of run-2, test of run-3 and 1 more.",
  );
});
