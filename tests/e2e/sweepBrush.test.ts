/** Brushing a sweep's charts in a real browser: dragging along axes picks the trials that lie there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boardSettings } from "../../src/board/options.js";
import { page as boardPage } from "../../src/board/page.js";
import { boardSpec } from "../../src/board/spec.js";
import { exampleSweep } from "../src/board/exampleRuns.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";

const require = createRequire(import.meta.url);
const sweep = exampleSweep(60);
const data = { runs: [], sweeps: [sweep] };
const valued = sweep.trials.filter(({ value }) => Number.isFinite(value));

/** Where values stand on their axes: 0 below, 1 above. */
const rates = valued.map(({ params }) => Math.log10(params.lr as number));
const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
const ratePlace = (lr: unknown) => (Math.log10(lr as number) - lowest) / (highest - lowest);
const units = sweep.trials.map(({ params }) => params.units as number);
const unitsPlace = (value: unknown) =>
  ((value as number) - Math.min(...units)) / (Math.max(...units) - Math.min(...units));

describe.skipIf(skipWithoutChromium())("brushes on a sweep", () => {
  const folder = mkdtempSync(join(tmpdir(), "brush-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(html: string): Promise<Page> {
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1200, height: 2400 } });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  /** As a notebook draws it. */
  async function inline(): Promise<Page> {
    const page = await open('<!doctype html><meta charset="utf-8"><body><div id="chart"></div>');
    for (const name of ["vega", "vega-lite", "vega-embed"])
      await page.addScriptTag({
        content: readFileSync(join(dirname(require.resolve(name)), `${name}.min.js`), "utf8"),
      });
    await page.evaluate(
      async (spec) => {
        const scope = globalThis as unknown as { vegaEmbed(at: string, spec: unknown): Promise<unknown> };
        await scope.vegaEmbed("#chart", spec);
      },
      boardSpec(data, boardSettings()),
    );
    return page;
  }

  /** The rectangle of the view in which a brush lives. */
  async function viewOf(page: Page, brush: string) {
    await page.waitForSelector(`.${brush}`, { state: "attached" });
    await page.$eval(`.${brush}`, (mark) => mark.closest("svg")?.scrollIntoView({ block: "start" }));
    return page.$eval(`.${brush}`, (mark) => {
      const background = mark.parentElement?.parentElement?.querySelector(":scope > path.background");
      const { x, y, width, height } = (background as Element).getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  /** From one share of the view's height to another, 0 at its top. */
  async function drag(page: Page, brush: string, [from, to]: readonly [number, number]): Promise<void> {
    const { x, y, width, height } = await viewOf(page, brush);
    await page.mouse.move(x + width / 2, y + from * height);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + ((from + to) / 2) * height, { steps: 4 });
    await page.mouse.move(x + width / 2, y + to * height, { steps: 4 });
    await page.mouse.up();
  }

  /** The range of places that a drag picks, on an axis from -0.02 to 1.08. */
  const picks = ([from, to]: readonly [number, number], place: number) =>
    place <= 1.08 - 1.1 * from && place >= 1.08 - 1.1 * to;

  const bright = (page: Page, lines: number) =>
    page.$$eval(
      `.lines_0_${lines}_marks line`,
      (marks) => marks.filter((mark) => Number(mark.getAttribute("opacity")) > 0.1).length,
    );

  it.each(["inline", "page"] as const)("pick the lines that lie in all of them (%s)", async (where) => {
    const page = where === "inline" ? await inline() : await open(boardPage(data, boardSettings()));
    const first = [0.2, 0.6] as const;
    const second = [0.4, 0.95] as const;
    await viewOf(page, "brush_0_0_brush");
    expect(await bright(page, 0)).toBe(valued.length);

    await drag(page, "brush_0_0_brush", first);
    const inFirst = valued.filter(({ params }) => picks(first, ratePlace(params.lr)));
    expect(inFirst.length).toBeGreaterThan(3);
    expect(inFirst.length).toBeLessThan(valued.length - 3);
    await expect.poll(() => bright(page, 0)).toBe(inFirst.length);
    expect(await bright(page, 3)).toBe(inFirst.length);

    await drag(page, "brush_0_1_brush", second);
    const inBoth = inFirst.filter(({ params }) => picks(second, unitsPlace(params.units)));
    expect(inBoth.length).toBeGreaterThan(0);
    expect(inBoth.length).toBeLessThan(inFirst.length);
    await expect.poll(() => bright(page, 0)).toBe(inBoth.length);
    expect(await bright(page, 3)).toBe(inBoth.length);

    for (const brush of ["brush_0_0_brush", "brush_0_1_brush"]) {
      const { x, y, width, height } = await viewOf(page, brush);
      await page.mouse.dblclick(x + width / 2, y + height / 2);
    }
    await expect.poll(() => bright(page, 0)).toBe(valued.length);
    await page.close();
  });

  it("in the scatter matrix picks the same trials in every chart", async () => {
    const page = await inline();
    const strong = (chart: string) =>
      page.$$eval(
        `.matrix_0_${chart}_marks path`,
        (marks) => marks.filter((mark) => Number(mark.getAttribute("opacity")) > 0.5).length,
      );
    // The last row sets the objective against each parameter.
    await page.waitForSelector(".matrix_0_3_0_marks path");
    expect(await strong("3_0")).toBe(valued.length);
    const box = await page.$eval(".matrix_0_3_0_marks", (mark) => {
      mark.closest("svg")?.scrollIntoView({ block: "end" });
      const background = mark.parentElement?.parentElement?.querySelector(":scope > path.background");
      const { x, y, width, height } = (background as Element).getBoundingClientRect();
      return { x, y, width, height };
    });
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 4 });
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 1, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => strong("3_0")).toBeLessThan(valued.length);
    const picked = await strong("3_0");
    // The left half of a logarithmic axis with six pixels of room at both ends.
    const left = valued.filter(({ params }) => ratePlace(params.lr) < 0.5).length;
    expect(Math.abs(picked - left)).toBeLessThanOrEqual(1);
    for (const chart of ["0_0", "1_1", "2_2", "3_3"]) expect(await strong(chart)).toBe(picked);
    await page.close();
  });
});
