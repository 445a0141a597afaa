/** Every kind of chart and card on a page: really drawn, and held to axe, served and as a file, light and dark. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BoardKind, boardKinds } from "../../src/base/boardKinds.js";
import { systemClock } from "../../src/base/clock.js";
import { board } from "../../src/board/board.js";
import { drawFigure } from "../../src/board/drawFigure.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { ConfusionMatrix } from "../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../src/evaluate/evaluation.js";
import { tf } from "../../src/native/index.js";
import { installFigureDrawer } from "../../src/track/figureDrawer.js";
import { openRun } from "../../src/track/openRun.js";
import type { Run } from "../../src/track/run.js";
import { measureSystem } from "../../src/track/systemMetrics.js";
import { exampleSweep, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { axeFindings } from "./axe.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, servedDesk } from "./servedBoard.js";

/** A section of each kind by how its title begins, and what stands in each of its cards. */
const drawn: Readonly<Record<BoardKind, readonly [title: RegExp, marks: string]>> = {
  scalars: [/^train/, "canvas"],
  gradients: [/^gradient flow/, ".mark-rect.role-mark path"],
  histograms: [/^weights of deep, newest/, ".mark-area path"],
  distributions: [/^weights of deep: median/, ".mark-area path"],
  hparams: [/^parameters of runs/, ".mark-rule.role-mark line"],
  evaluation: [/^evaluation: test/, ".mark-rect.role-mark path"],
  images: [/^images of media/, ".mark-image image"],
  text: [/^texts of media/, ".markdown h4"],
  tables: [/^tables of media/, "tbody tr"],
  audio: [/^sounds of media/, "audio"],
  graph: [/^model graph/, ".mark-rect.role-mark path"],
  system: [/^system/, ".mark-line.role-mark path"],
};

/** Of the sweep. */
const ofSweep = [/^sweep mnist/, /^workers of/, /^rungs of/, /^parameters of mnist/, /^what matters/];

async function judge(run: Run, step: number): Promise<void> {
  const labels = Int32Array.of(0, 1, 1, 2, 2, 0);
  const rows = [...labels].map((label, i) => {
    const row = [0.1, 0.1, 0.1];
    row[(label + (i === step ? 1 : 0)) % 3] = 0.8;
    return row;
  });
  const predictions = Int32Array.from(rows, (row) => row.indexOf(Math.max(...row)));
  const evaluation = new Evaluation({
    labels,
    predictions,
    losses: Float32Array.from(rows, (row, i) => -Math.log(row[labels[i] as number] as number)),
    confidences: Float32Array.from(rows, (row) => Math.max(...row)),
    probabilities: Float32Array.from(rows.flat()),
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames: ["cat", "dog", "cow"] }),
  });
  await run.evaluation(evaluation, { name: "test", step });
}

async function writeMedia(dir: string): Promise<void> {
  const run = openRun({ name: "media", dir, sources: [] });
  const stop = measureSystem(run, { seconds: 0.1, clock: systemClock });
  const grey = Uint8Array.from({ length: 64 }, (_, i) => 4 * i);
  for (const step of [1, 2]) run.image("digits", { width: 8, height: 8, data: grey }, step);
  run.text("notes", "# Epoch 1\n\nall well", 1);
  run.table("wrong", [{ index: 1, label: "three" }], 1);
  run.audio("tone", new Float32Array(800), { sampleRate: 8000 }, 1);
  const input = tf.input({ shape: [3], name: "input" });
  const output = tf.layers.dense({ units: 2, name: "answer" }).apply(input) as tf.SymbolicTensor;
  run.graph(tf.model({ inputs: input, outputs: output }));
  for (const step of [1, 2]) await judge(run, step);
  await new Promise((measured) => setTimeout(measured, 1500));
  stop();
  run.finish();
}

/** With workers, and stopped by successive halving, as a journal tells both. */
function writeHalvedSweep(folder: string): void {
  const dir = writeSweep(exampleSweep(16), folder);
  const file = join(dir, "sweep.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  const pruner = { name: "asha", options: { eta: 2, minSteps: 1 } };
  writeFileSync(file, JSON.stringify({ ...record, pruner }));
  const journal = join(dir, "journal.log");
  const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
  const told = lines.flatMap((line) => {
    const { type, trial } = JSON.parse(line);
    const start = { type: "start", trial, attempt: 1, worker: trial % 2 };
    return type === "ask" ? [line, JSON.stringify(start)] : [line];
  });
  writeFileSync(journal, `${told.join("\n")}\n`);
}

describe.skipIf(skipWithoutChromium())("a board of every kind", () => {
  let desk: Desk;
  beforeAll(async () => {
    installFigureDrawer(drawFigure);
    desk = await servedDesk(
      async (folder) => {
        writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
        writeRun(trainingRun("flat", { decay: 0.9, layers: 2, epochs: 1, seed: 2 }), folder);
        await writeMedia(folder);
        writeHalvedSweep(folder);
      },
      { kind: boardKinds },
    );
  });
  afterAll(async () => {
    await desk.close();
    await stopDrawing();
  });

  /** Titles of all sections, once each card was in sight and is drawn. */
  async function drawAll(page: Page): Promise<string[]> {
    await page.locator(".card.panel svg.marks, .card.panel table").first().waitFor({ state: "attached" });
    for (const card of await page.locator(".card").all()) {
      await card.scrollIntoViewIfNeeded();
      const failure = card.locator("p", { hasText: "could not be drawn" });
      await card
        .locator("canvas, svg.marks, table, audio, .markdown")
        .or(failure)
        .first()
        .waitFor({ state: "attached" });
    }
    return page.locator(".section > summary h2").allTextContents();
  }

  async function expectAll(page: Page): Promise<void> {
    const titles = await drawAll(page);
    for (const title of ofSweep) expect(titles).toContainEqual(expect.stringMatching(title));
    for (const [kind, [title, marks]] of Object.entries(drawn)) {
      const section = page.locator(".section", { has: page.locator("summary h2", { hasText: title }) });
      expect.soft(await section.locator(marks).count(), `marks of ${kind}`).toBeGreaterThan(0);
    }
    const { violations } = await axeFindings(page);
    expect(violations).toEqual([]);
    expect(await page.locator(".card", { hasText: "could not be drawn" }).count()).toBe(0);
    expect(desk.errors).toEqual([]);
  }

  it.each([{ dark: false }, { dark: true }])(
    "is drawn whole as a served page, dark: $dark",
    async ({ dark }) => {
      const page = await desk.open({ dark, width: 1100 });
      await expectAll(page);
      await page.close();
    },
  );

  it.each([{ dark: false }, { dark: true }])("is drawn whole as a file, dark: $dark", async ({ dark }) => {
    const folders = { runsDir: desk.folder, sweepsDir: desk.folder };
    const shown = await board(["deep", "flat", "media", "mnist-mlp"], { ...folders, kind: boardKinds });
    const file = await shown.writeHtml(join(desk.folder, "page.html"));
    const page = await desk.open({ url: `file://${file}`, dark, width: 1100 });
    await expectAll(page);
    await page.close();
  });
});
