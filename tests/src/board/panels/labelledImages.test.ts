import { expect, it } from "vitest";
import { sections } from "../../../../src/board/content.js";
import type { Spec } from "../../../../src/board/inlineData.js";
import { boardSettings } from "../../../../src/board/options.js";
import { readBoard } from "../../../../src/board/read.js";
import { boardSpec } from "../../../../src/board/spec.js";
import { boardText } from "../../../../src/board/text.js";
import { unpackBoard } from "../../../../src/board/unpackBoard.js";
import { tf } from "../../../../src/native/index.js";
import { openRun } from "../../../../src/track/openRun.js";
import { temporaryFolder } from "../../track/temporaryFolder.js";
import { carriedPage } from "../carriedPage.js";
import { panelStyle } from "../panelStyle.js";
import { schemaErrors } from "../vegaLiteSchema.js";

const settings = boardSettings({ kind: "images" });
const labels = [
  { true: "cat", predicted: "<b>dog", probability: 0.9996, other: 1 },
  { true: "dog", predicted: "dog", probability: 0.5 },
  { true: "dog", predicted: "\u001b[31mcat", probability: 1 },
];

function shown(rows: Readonly<Record<string, unknown>>[], step = 2) {
  const run = openRun({ name: "labelled", dir: temporaryFolder(), sources: [] });
  for (const at of [1, 2]) run.image("wrong", tf.zeros([3, 28, 14, 1]), at);
  run.table("wrong/labels", rows, step);
  run.finish();
  return readBoard({ runs: [run.dir], sweeps: [] }, settings);
}

const cardOf = (data: ReturnType<typeof shown>) => sections(data, settings, panelStyle)[0]!.cards[0] as Spec;
const rowsOf = (spec: Spec) =>
  String((spec.data as { values: string }).values)
    .split("\n")
    .slice(1);

it("draws the newest step as a grid, under each picture sign and text", () => {
  const data = shown(labels);
  const card = cardOf(data);
  expect(card.title).toMatchObject({
    text: "wrong",
    subtitle: "step 2, the newest of 2; 14 × 28 px",
  });
  expect(rowsOf(card)).toHaveLength(3);
  const [, texts] = card.layer as [Spec, Spec];
  const lines = rowsOf(texts).map((row) => row.split(",").slice(2).join(","));
  expect(lines[0]).toContain("✗ true cat");
  expect(lines[1]).toContain("predicted <b>dog");
  expect(lines[2]).toContain("100.0 %");
  expect(lines[3]).toContain("✓ true dog");
  expect(lines[5]).toContain("50 %");
  expect(lines.join("")).not.toContain("\u001b");
  expect(schemaErrors(boardSpec(data, settings))).toEqual([]);
});

it("shows the same of a page's data", () => {
  const data = shown(labels);
  const carried = JSON.parse(JSON.stringify(carriedPage(data, settings))) as ReturnType<typeof carriedPage>;
  expect(cardOf(unpackBoard(carried))).toEqual(cardOf(data));
});

it("is a table in a terminal", () => {
  const text = boardText(shown(labels), settings);
  expect(text).toContain("pictures wrong of labelled: 2 steps, 14 × 28 px; of step 2:");
  expect(text).toMatch(/✗ +cat +<b>dog +100\.0 %/);
  expect(text).toMatch(/✓ +dog +dog +50 %/);
  expect(text).not.toContain("\u001b");
});

it.each([
  ["another number of rows", labels.slice(1), 2],
  ["other columns", labels.map(({ true: truth }) => ({ truth })), 2],
  ["another step", labels, 1],
])("a table of %s labels nothing", (_, rows, step) => {
  expect(cardOf(shown(rows, step)).title).toMatchObject({ subtitle: "14 × 28 px" });
});
