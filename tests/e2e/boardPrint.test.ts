/** A page in a file as it is printed: its charts below the window too, which nobody has scrolled to. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board } from "../../src/board/board.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { exampleRun, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";

describe.skipIf(skipWithoutChromium())("a printed page", () => {
  let folder: string;
  let file: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "board-print-"));
    browser = await launchChromium();
    writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
    const many = Array.from({ length: 40 }, (_, i) => [`metrics/m${i}`, series([i, i + 1, i + 3])]);
    writeRun(exampleRun("many", Object.fromEntries(many)), folder);
    const shown = await board(["deep", "many"], { runsDir: folder, sweepsDir: folder });
    file = await shown.writeHtml(join(folder, "page.html"));
  });
  afterAll(async () => {
    await browser.close();
    await stopDrawing();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 700 } });
    page.setDefaultTimeout(120_000);
    await page.goto(`file://${file}`);
    await page.locator(".card canvas").first().waitFor();
    await page.locator(".card.panel").first().waitFor({ state: "attached" });
    return page;
  }

  /** Cards, and those that show a chart: a canvas on which something was drawn, or marks. */
  const counts = (page: Page) =>
    page.locator(".card").evaluateAll((cards) => ({
      cards: cards.length,
      drawn: cards.filter((card) => {
        const canvas = card.querySelector("canvas");
        if (!canvas)
          return card.querySelector("svg.marks .role-mark path, svg.marks .role-mark line") !== null;
        const { width, height } = canvas;
        const { data } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(
          0,
          0,
          width,
          height,
        );
        return data.some((channel) => channel !== 0);
      }).length,
    }));

  it("has every chart, without a timer or a frame in which to draw it", async () => {
    const page = await opened();
    const before = await counts(page);
    expect(before.drawn).toBeLessThan(before.cards);
    await page.evaluate(() => {
      addEventListener("beforeprint", async () => {
        // Turns of promises, all of which end before the browser goes on to lay the print out.
        for (let turn = 0; turn < 5000; turn++) await undefined;
        const drawn = document.querySelectorAll(".card canvas, .card svg.marks");
        document.body.dataset.printed = String(drawn.length);
      });
    });
    await page.pdf({ format: "A4" });
    const after = await counts(page);
    expect(after).toEqual({ cards: before.cards, drawn: before.cards });
    expect(await page.evaluate(() => Number(document.body.dataset.printed))).toBe(before.cards);
    await page.close();
  });

  it("has them in a picture of the whole page in the medium of prints, none beside the sheet", async () => {
    const page = await opened();
    const { cards } = await counts(page);
    await page.setViewportSize({ width: 718, height: 900 });
    await page.emulateMedia({ media: "print" });
    await expect.poll(async () => (await counts(page)).drawn, { timeout: 120_000 }).toBe(cards);
    const cut = await page
      .locator(".card")
      .evaluateAll((all) => all.filter((card) => card.getBoundingClientRect().right > innerWidth).length);
    expect(cut).toBe(0);
    await page.close();
  });
});
