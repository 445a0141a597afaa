/** The slider of an evaluation's steps on a served page: by keys, in words, in what is saved, and while others come. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfusionMatrix } from "../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../src/evaluate/evaluation.js";
import { openRun } from "../../src/track/openRun.js";
import type { Run } from "../../src/track/run.js";
import { axeFindings } from "./axe.js";
import { skipWithoutChromium } from "./chromium.js";
import { savedFile } from "./savedFile.js";
import { type Desk, servedDesk } from "./servedBoard.js";

const classNames = ["cat", "dog"];

/** Of 40 samples so many dogs are taken for cats. */
async function judge(run: Run, step: number, wrong: number): Promise<void> {
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
  const predictions = labels.map((label, i) => (label === 1 && i < 2 * wrong ? 0 : label));
  const confidences = Float32Array.from(predictions, (_, i) => 0.6 + i / 200);
  const rows = [...predictions].map((said, i) => {
    const sure = confidences[i] as number;
    return said === 0 ? [sure, 1 - sure] : [1 - sure, sure];
  });
  const evaluation = new Evaluation({
    labels,
    predictions,
    losses: Float32Array.from(rows, (row, i) => -Math.log(row[labels[i] as number] as number)),
    confidences,
    probabilities: Float32Array.from(rows.flat()),
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
  });
  await run.evaluation(evaluation, { name: "test", step });
}

describe.skipIf(skipWithoutChromium())("the slider of an evaluation's steps", () => {
  let desk: Desk;
  let run: Run;
  let page: Page;
  beforeAll(async () => {
    desk = await servedDesk(
      async (folder) => {
        run = openRun({ name: "judged", dir: folder, sources: [] });
        for (const [step, wrong] of [
          [10, 12],
          [20, 7],
          [30, 3],
        ] as const)
          await judge(run, step, wrong);
      },
      { kind: "evaluation" },
    );
    page = await desk.open();
  });
  afterAll(async () => {
    run?.finish("finished");
    await desk?.close();
  });

  const cardWith = (name: string) =>
    page.locator(".card.panel").filter({ has: page.getByLabel(`step of judged: ${name}`) });
  const slider = (card: Locator) => card.locator("input[type=range]");
  /** The counts that stand in the matrix. */
  const counts = async (card: Locator) =>
    (await card.locator("svg .mark-text.role-mark text").allTextContents())
      .filter((text) => /^\d+$/.test(text))
      .sort();

  it("begins with the newest, and shows other steps by keys", async () => {
    const card = cardWith("confusion matrix");
    await card.scrollIntoViewIfNeeded();
    await expect.poll(() => counts(card)).toEqual(["17", "20", "3"]);
    expect(await slider(card).getAttribute("aria-valuetext")).toBe("step 30, 3 of 3");
    await slider(card).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => counts(card)).toEqual(["13", "20", "7"]);
    expect(await card.locator("h3").textContent()).toBe("judged: step 20");
    await page.keyboard.press("Home");
    await expect.poll(() => counts(card)).toEqual(["12", "20", "8"]);
    expect(await slider(card).getAttribute("aria-valuetext")).toBe("step 10, 1 of 3");
    expect(await card.locator("output").textContent()).toBe("10");
  });

  it("says the step in the chart's words, and saves the chart of that step", async () => {
    const card = cardWith("confusion matrix");
    await expect
      .poll(() => card.locator("[role=graphics-document]").getAttribute("aria-label"))
      .toMatch(/^judged: step 10, the first\. accuracy 0\.7/);
    const csv = (await savedFile(page, card, "CSV")).content.toString("utf8");
    expect(csv.split("\n").filter((line) => /,(12|8|20),/.test(line))).toHaveLength(3);
    const svg = (await savedFile(page, card, "SVG")).content.toString("utf8");
    expect(svg).toContain(">12</text>");
    expect((await savedFile(page, card, "JSON")).content.toString("utf8")).toContain("step 10, the first");
  });

  it("has the curves, classes and mistakes of each step too", async () => {
    const card = cardWith("precision over recall");
    await card.scrollIntoViewIfNeeded();
    const label = () => card.locator("[role=graphics-document]").getAttribute("aria-label");
    await expect.poll(label).toMatch(/^precision over recall, step 30\./);
    await slider(card).fill("0");
    await expect.poll(label).toMatch(/^precision over recall, step 10\./);
    const mistakes = cardWith("worst mistakes");
    await mistakes.scrollIntoViewIfNeeded();
    const lines = () => mistakes.locator("svg .mark-text.role-mark text").count();
    await expect.poll(lines).toBe(3);
    await slider(mistakes).fill("1");
    await expect.poll(lines).toBe(7);
  });

  it("stays at its step when the run is judged again, and follows the newest where it stood there", async () => {
    await judge(run, 40, 1);
    const matrix = cardWith("confusion matrix");
    const curves = cardWith("ROC: true over false positives");
    await expect.poll(() => slider(matrix).getAttribute("aria-valuetext")).toBe("step 10, 1 of 4");
    await expect.poll(() => slider(curves).getAttribute("aria-valuetext")).toBe("step 40, 4 of 4");
    await matrix.scrollIntoViewIfNeeded();
    expect(await counts(matrix)).toEqual(["12", "20", "8"]);
    await slider(matrix).fill("3");
    await expect.poll(() => counts(matrix)).toEqual(["1", "19", "20"]);
  });

  it("has nothing that axe finds, and threw nothing", async () => {
    expect((await axeFindings(page)).violations).toEqual([]);
    expect(desk.errors).toEqual([]);
  });
});

describe.skipIf(skipWithoutChromium())("the sliders of several runs", () => {
  let desk: Desk;
  let page: Page;
  const runs: Run[] = [];
  beforeAll(async () => {
    desk = await servedDesk(
      async (folder) => {
        for (const name of ["first", "other"]) {
          const run = openRun({ name, dir: folder, sources: [] });
          runs.push(run);
          for (const step of [10, 20, 30]) await judge(run, step, step / 10);
        }
      },
      { kind: "evaluation" },
    );
    page = await desk.open();
  });
  afterAll(async () => {
    for (const run of runs) run.finish("finished");
    await desk?.close();
  });

  it("stay with their runs when a run before them is left out, and when it comes back", async () => {
    const slider = (name: string) => page.getByLabel(`step of ${name}: confusion matrix`);
    const told = (name: string) => slider(name).getAttribute("aria-valuetext");
    await expect.poll(() => told("other")).toBe("step 30, 3 of 3");
    await slider("first").fill("0");
    await expect.poll(() => told("first")).toBe("step 10, 1 of 3");
    const box = page.locator("nav li", { hasText: "first" }).locator("input");
    await box.uncheck();
    await expect.poll(() => slider("first").count()).toBe(0);
    expect(await told("other")).toBe("step 30, 3 of 3");
    await slider("other").fill("1");
    await expect.poll(() => told("other")).toBe("step 20, 2 of 3");
    await box.check();
    await expect.poll(() => slider("first").count()).toBe(1);
    expect(await told("other")).toBe("step 20, 2 of 3");
  });
});
