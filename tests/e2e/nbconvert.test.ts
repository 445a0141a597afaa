/** nbconvert executes a notebook to a page, whose charts a browser shows with no network. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { jupyterPrograms } from "./jupyterPrograms.js";
import { writeNotebook } from "./notebook.js";
import { ownChart } from "./ownChart.js";
import { spine } from "./spine.js";

describe.skipIf(skipWithoutChromium())("nbconvert --execute --to html", () => {
  const programs = jupyterPrograms();
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    programs.close();
  });

  test("gives a page whose board is seen, and a person's own chart", async () => {
    writeNotebook(join(programs.folder, "spine.ipynb"), [...spine, ownChart]);
    const { status, stderr } = programs.run("jupyter-nbconvert", "--execute", "--to", "html", "spine.ipynb");
    expect(status, stderr).toBe(0);

    const page = await browser!.newPage({ viewport: { width: 1200, height: 1000 } });
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(pathToFileURL(join(programs.folder, "spine.html")).href, { waitUntil: "load" });
    const charts = page.locator(".jp-RenderedSVG img");
    expect(await charts.count()).toBe(2);
    const own = charts.nth(1);
    expect(await own.evaluate((image) => (image as HTMLImageElement).naturalHeight)).toBeGreaterThan(150);
    const chart = charts.first();
    const { width, height, colours } = await chart.evaluate((image) => {
      const { naturalWidth: width, naturalHeight: height } = image as HTMLImageElement;
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      context?.drawImage(image as HTMLImageElement, 0, 0);
      const pixels = new Uint32Array(
        context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0),
      );
      return { width, height, colours: new Set(pixels).size };
    });
    expect(width).toBeGreaterThan(600);
    expect(height).toBeGreaterThan(600);
    // Lines, ridges and the colour scale with their smoothed edges; a blank picture has one.
    expect(colours).toBeGreaterThan(100);
    const box = await chart.boundingBox();
    expect(box?.width).toBeGreaterThan(500);
    expect(await page.locator(".jp-OutputArea").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/no alarm by the \d+ of \d+ rules/)]),
    );
    await page.close();
  });
});
