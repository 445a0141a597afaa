/** The doctor's verdicts on a page's charts: a flag in the chart, and words that a keyboard opens. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { severityColours } from "../../src/board/palette.js";
import { overfitted, recorded, sound } from "../src/board/diagnosedRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { runData } from "../src/doctor/recordedRuns.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, drawnCard, lineHeights, servedDesk } from "./servedBoard.js";

describe.skipIf(skipWithoutChromium())("verdicts on a served board", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      for (const name of [overfitted, sound]) writeRun(runData(recorded(name)), folder);
    });
  });
  afterAll(() => desk.close());

  it("stand in the chart of their evidence, and are read by keyboard", async () => {
    const page = await desk.open();
    const card = await drawnCard(page, "epoch/loss");
    const summary = card.locator(".flags summary");
    expect(await summary.count()).toBe(1);
    expect(await summary.textContent()).toMatch(
      /Overfit of OF1 mnist 200 rows#0, from epoch \d+ \(warning\)/,
    );
    const words = card.locator(".flags p").first();
    expect(await words.isVisible()).toBe(false);
    await summary.focus();
    await page.keyboard.press("Enter");
    expect(await words.isVisible()).toBe(true);
    expect(await words.textContent()).toMatch(/validation loss has risen/);
    // A rule of the warning's colour, from the chart's top to its foot.
    const heights = await lineHeights(card, severityColours.warning);
    expect(heights.size).toBeGreaterThan(0);
    expect(await (await drawnCard(page, "train/loss")).locator(".flags").count()).toBe(0);
    await page.getByRole("checkbox", { name: overfitted }).uncheck();
    await expect.poll(() => card.locator(".flags").count()).toBe(0);
    expect(desk.errors).toEqual([]);
    await page.close();
  });
});
