/** The board by axe in Chromium: as a served page, as a file and as a picture in a notebook, light and dark. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board } from "../../src/board/board.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, exampleSweep, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { axeFindings } from "./axe.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, servedDesk } from "./servedBoard.js";

/** Rules that looked at something on each of these pages: else a page without content would pass. */
const judged = ["color-contrast", "button-name", "label", "landmark-one-main", "page-has-heading-one"];

describe.skipIf(skipWithoutChromium())("a board, looked at by axe", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
      writeRun(exampleRun("plain", { "train/loss": series([3, 2, 1]) }, {}, { config: { lr: 1 } }), folder);
      writeSweep(exampleSweep(8), folder);
      const media = openRun({ name: "media", dir: folder, sources: [] });
      media.image(
        "digits",
        { width: 8, height: 8, data: Uint8Array.from({ length: 64 }, (_, i) => 4 * i) },
        1,
      );
      media.text("notes", "# Epoch 1\n\nall well", 1);
      media.table("wrong", [{ index: 1, label: "three" }], 1);
      media.audio("tone", new Float32Array(800), { sampleRate: 8000 }, 1);
      media.finish();
    });
  });
  afterAll(async () => {
    await desk.close();
    await stopDrawing();
  });

  /** Every card drawn: those out of sight are drawn when one scrolls to them. */
  async function drawAll(page: Page): Promise<void> {
    await page.locator(".card.panel svg.marks, .card.panel table").first().waitFor({ state: "attached" });
    for (const card of await page.locator(".card").all()) {
      await card.scrollIntoViewIfNeeded();
      await card.locator("canvas, svg.marks, table, audio, .markdown").first().waitFor({ state: "attached" });
    }
  }

  async function expectClean(page: Page): Promise<void> {
    await drawAll(page);
    const { violations, passes } = await axeFindings(page);
    expect(violations).toEqual([]);
    expect(passes).toEqual(expect.arrayContaining(judged));
  }

  it.each([{ dark: false }, { dark: true }])("is sound as a served page, dark: $dark", async ({ dark }) => {
    const page = await desk.open({ dark });
    await expectClean(page);
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    expect((await axeFindings(page)).violations).toEqual([]);
    await page.close();
  });

  it.each([{ dark: false }, { dark: true }])("is sound as a file, dark: $dark", async ({ dark }) => {
    const shown = await board([], { runsDir: desk.folder, sweepsDir: desk.folder });
    const file = await shown.writeHtml(join(desk.folder, "page.html"));
    const page = await desk.open({ url: `file://${file}`, dark });
    await expectClean(page);
    await page.close();
  });

  it.each([{ dark: false }, { dark: true }])(
    "is sound as pictures in a notebook, dark: $dark",
    async ({ dark }) => {
      const shown = await board(["deep", "plain"], { runsDir: desk.folder, sweepsDir: desk.folder });
      const bundle = await shown.toMimeBundle();
      const file = join(desk.folder, "notebook.html");
      // As nbconvert's pages have them.
      writeFileSync(
        file,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>notebook</title><main><h1>notebook</h1>
<div class="jp-OutputArea-output">${bundle["image/svg+xml"]}</div></main>`,
      );
      const page = await desk.open({ url: `file://${file}`, dark });
      await page.locator("svg").first().waitFor();
      const { violations, passes } = await axeFindings(page);
      expect(violations).toEqual([]);
      expect(passes).toEqual(expect.arrayContaining(["svg-img-alt"]));
      await page.close();
    },
  );

  it("says of every chart what it shows", async () => {
    const page = await desk.open();
    await drawAll(page);
    const texts = await page
      .locator(".plot[role=img], [role=graphics-document]")
      .evaluateAll((charts) => charts.map((chart) => chart.getAttribute("aria-label") ?? ""));
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => text.length < 20)).toEqual([]);
    expect(texts).toContainEqual(
      expect.stringMatching(/^Line chart of loss\. .*plain: 1 at step 2, from 1 to 3/),
    );
    expect(texts).toContainEqual(expect.stringMatching(/^parallel coordinates.* rows of data$/));
    await page.close();
  });

  it("is reached by Tab in the order one reads it, and shows where one is", async () => {
    const page = await desk.open({ hash: "#tags=loss" });
    await page.locator(".card canvas").first().waitFor();
    const seen: { top: number; left: number; part: string; outline: string }[] = [];
    for (let turn = 0; turn < 40; turn++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { top, left } = element.getBoundingClientRect();
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const part = element.closest("header, nav, main")?.tagName ?? "BODY";
        return { top: top + scrollY, left, part, outline: `${outlineStyle} ${outlineWidth}` };
      });
      if (at.part === "BODY") break;
      seen.push(at);
    }
    expect(seen.length).toBeGreaterThan(12);
    expect([...new Set(seen.map(({ part }) => part))]).toEqual(["HEADER", "NAV", "MAIN"]);
    expect(new Set(seen.map(({ outline }) => outline))).toEqual(new Set(["solid 2px"]));
    await page.close();
  });
});
