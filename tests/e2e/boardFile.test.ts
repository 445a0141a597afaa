/** A board of many runs as a file: small enough to be mailed, and shown without a network. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { random } from "../../src/base/random.js";
import { board } from "../../src/board/board.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { openRun } from "../../src/track/openRun.js";
import { trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";

it.skipIf(skipWithoutChromium())(
  "shows 20 runs full of pictures in at most 3 MB, and says how many there are and where all of them are",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "board-pictures-"));
    const browser = await launchChromium();
    try {
      const noise = random(11);
      for (let i = 0; i < 20; i++) {
        const run = openRun({ name: `run-${i}`, dir: folder, sources: [] });
        for (let step = 0; step < 12; step++)
          for (const tag of ["inputs", "outputs"]) {
            const data = Uint8Array.from({ length: 96 * 96 * 3 }, () => noise.integer(256));
            run.image(tag, { width: 96, height: 96, data }, step);
          }
        run.finish();
      }
      const shown = await board("run-*", { runsDir: folder, sweepsDir: folder, kind: "images" });
      const file = await shown.writeHtml(join(folder, "page.html"));
      expect(statSync(file).size).toBeLessThanOrEqual(3_000_000);
      const page = await browser.newPage();
      await page.goto(`file://${file}`);
      const notes = page.locator("nav p.soft");
      await expect
        .poll(() => notes.allTextContents())
        .toEqual([
          expect.stringMatching(
            /^Of 320 pictures \d+ are here: of each tag the newest step, the others evenly spread\.$/,
          ),
          expect.stringContaining("tunelab board --port"),
        ]);
      const card = page.locator(".card.panel").first();
      await card.scrollIntoViewIfNeeded();
      await card.locator("svg.marks image").first().waitFor();
      expect(await card.textContent()).toContain("step 11");
    } finally {
      await browser.close();
      await stopDrawing();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

it.skipIf(skipWithoutChromium())(
  "shows 20 runs, one of pictures and the others trainings with histograms, in at most 3 MB, and asks for nothing",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "board-file-"));
    const browser = await launchChromium();
    try {
      for (let i = 0; i < 19; i++)
        writeRun(trainingRun(`training-${i}`, { decay: 0.9, layers: 4, epochs: 2, seed: i + 1 }), folder);
      const pictures = openRun({ name: "pictures", dir: folder, sources: [] });
      const data = Uint8Array.from({ length: 28 * 28 }, (_, i) => (i * 37) % 256);
      for (let step = 0; step < 10; step++) pictures.image("digits", { width: 28, height: 28, data }, step);
      pictures.finish();
      const shown = await board(["training-*", "pictures"], { runsDir: folder, sweepsDir: folder });
      const file = await shown.writeHtml(join(folder, "page.html"));
      expect(statSync(file).size).toBeLessThanOrEqual(3_000_000);
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on("request", (request) => {
        if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
      });
      await page.goto(`file://${file}`);
      await expect.poll(() => page.locator("nav li").count()).toBe(20);
      await page.locator(".card canvas").first().waitFor();
      const panel = page.locator(".card.panel").first();
      await panel.scrollIntoViewIfNeeded();
      await panel.locator("svg.marks").waitFor();
      // What was left out is said.
      await page.locator("nav p.soft", { hasText: "thinned" }).waitFor();
      expect(asked).toEqual([]);
    } finally {
      await browser.close();
      await stopDrawing();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
