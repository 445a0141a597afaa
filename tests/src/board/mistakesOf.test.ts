import { expect, it } from "vitest";
import type { BoardKind } from "../../../src/base/boardKinds.js";
import { random } from "../../../src/base/random.js";
import { sections } from "../../../src/board/content.js";
import type { Spec } from "../../../src/board/inlineData.js";
import { boardSettings } from "../../../src/board/options.js";
import { readBoard } from "../../../src/board/read.js";
import { boardSpec, inlineLimits } from "../../../src/board/spec.js";
import { boardText } from "../../../src/board/text.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import { ConfusionMatrix } from "../../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../../src/evaluate/evaluation.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { carriedPage } from "./carriedPage.js";
import { panelStyle } from "./panelStyle.js";
import { schemaErrors } from "./vegaLiteSchema.js";

const classNames = ["cat", "<b>dog"];

/** All of `size` samples are wrong, the last the most. */
function evaluation(size: number): Evaluation {
  const labels = new Int32Array(size);
  const predictions = new Int32Array(size).fill(1);
  return new Evaluation({
    labels,
    predictions,
    losses: Float32Array.from(labels, (_, i) => i + 1),
    confidences: new Float32Array(size).fill(0.875),
    probabilities: undefined,
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
  });
}

/** Nothing that a PNG makes smaller. */
function noise(size: number, side: number) {
  const { integer } = random(1);
  const x = Float32Array.from({ length: size * side * side * 3 }, () => integer(256));
  return { name: "noise", size, inputShape: [side, side, 3], x };
}

async function boardOf(kinds: readonly BoardKind[], { size = 3, side = 4 } = {}) {
  const run = openRun({ name: "judged", dir: temporaryFolder(), sources: [] });
  await run.evaluation(evaluation(size), { name: "test", step: 1, images: noise(size, side) });
  await run.evaluation(evaluation(size), { name: "test", step: 2, images: noise(size, side) });
  run.image("other", { width: 1, height: 1, data: Uint8Array.of(9) }, 1);
  run.finish();
  const settings = boardSettings({ kind: kinds });
  return { settings, data: readBoard({ runs: [run.dir], sweeps: [] }, settings) };
}

type Shown = Awaited<ReturnType<typeof boardOf>>;
const titles = ({ data, settings }: Shown) =>
  sections(data, settings, panelStyle).map(({ title, cards }) => [
    title,
    ...cards.map((card) => (card.title as { text: string }).text),
  ]);
const gridOf = ({ data, settings }: Shown) =>
  sections(data, settings, panelStyle).find(({ title }) => title.startsWith("worst mistakes"))!
    .cards[0] as Spec;

it("stand with the evaluation, of its newest step", async () => {
  const shown = await boardOf(["evaluation"]);
  expect(titles(shown)).toEqual([
    [
      "evaluation: test",
      "judged: step 2, the newest of 2",
      "judged: step 1, the first",
      "classes",
      "worst mistakes",
    ],
    ["worst mistakes of evaluation: test", "mistakes of judged"],
  ]);
  const grid = gridOf(shown);
  expect(grid.title).toMatchObject({ subtitle: "step 2, the newest of 2; 4 × 4 px" });
  expect(JSON.stringify(grid).match(/data:image\/png;base64,/g)).toHaveLength(3);
  expect(JSON.stringify(grid)).toContain("✗ true cat");
  expect(schemaErrors(boardSpec(shown.data, shown.settings))).toEqual([]);
});

it("stand among the pictures where no evaluation is asked for, else once", async () => {
  expect(titles(await boardOf(["images"]))).toEqual([
    ["figures of judged", "test/confusion"],
    ["images of judged", "test/mistakes", "other"],
  ]);
  const both = titles(await boardOf(["evaluation", "images"]));
  expect(both.map(([title]) => title)).toEqual([
    "evaluation: test",
    "worst mistakes of evaluation: test",
    "images of judged",
  ]);
  expect(both[2]).toEqual(["images of judged", "other"]);
});

it("are the same on a page", async () => {
  const shown = await boardOf(["evaluation"]);
  const page = JSON.parse(JSON.stringify(carriedPage(shown.data, shown.settings)));
  expect(gridOf({ ...shown, data: unpackBoard(page) })).toEqual(gridOf(shown));
});

it("are a table in a terminal", async () => {
  const { data, settings } = await boardOf(["evaluation"]);
  expect(boardText(data, settings)).toMatch(/test\/mistakes of judged.*\n.*\n.*\n✗ +cat +<b>dog +88 %/);
});

it("of many bytes are fewer, so that a notebook can carry the board, which it says", async () => {
  const { data, settings } = await boardOf(["evaluation"], { size: 16, side: 92 });
  const spec = JSON.stringify(boardSpec(data, settings));
  expect(spec.length).toBeLessThanOrEqual(inlineLimits.bytes);
  const drawn = spec.match(/data:image\/png;base64,/g)!.length;
  expect(drawn).toBeGreaterThan(2);
  expect(drawn).toBeLessThan(16);
  expect(spec).toContain(`the first ${drawn} of 16`);
});

it("of another step than the newest evaluation are no part of it", async () => {
  const run = openRun({ name: "later", dir: temporaryFolder(), sources: [] });
  await run.evaluation(evaluation(3), { name: "test", step: 1, images: noise(3, 4) });
  await run.evaluation(evaluation(3), { name: "test", step: 2 });
  run.finish();
  const settings = boardSettings({ kind: ["evaluation", "images"] });
  const data = readBoard({ runs: [run.dir], sweeps: [] }, settings);
  expect(titles({ data, settings }).map(([title]) => title)).toEqual(["evaluation: test", "images of later"]);
});
