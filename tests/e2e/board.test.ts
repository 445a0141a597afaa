/** The board in a real browser: what a person sees, in a notebook's renderer and as a page of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Board, board } from "../../src/board/board.js";
import { fullBundle } from "../../src/board/bundle.js";
import { boardSettings } from "../../src/board/options.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { font } from "../../src/board/render/fonts.js";
import { labelled } from "../../src/board/series.js";
import { smooth } from "../../src/board/smooth.js";
import { bestColour, trialLooks } from "../../src/board/trialLooks.js";
import {
  exampleBoard,
  exampleRun,
  exampleSweep,
  series,
  sweepInStates,
  trainingRun,
} from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { embedChart } from "./embeddedChart.js";

const evil = `</script><img src=x onerror="window.attacked=1"><b>'\\"`;

describe.skipIf(skipWithoutChromium())("a board in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "board-"));
  let browser: Browser;
  const requests: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stopDrawing();
    rmSync(folder, { recursive: true });
  });

  async function open(file: string, options: { dark?: boolean } = {}): Promise<Page> {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 1000 },
      colorScheme: options.dark ? "dark" : "light",
    });
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  /** As JupyterLab draws it: vega-embed with the specification and nothing else. */
  async function embed(spec: unknown, theme?: "dark"): Promise<Page> {
    const file = join(folder, "embed.html");
    writeFileSync(file, '<!doctype html><meta charset="utf-8"><body><div id="chart"></div>');
    const page = await open(file);
    await embedChart(page, spec, theme);
    return page;
  }

  it("draws a line a run, at the places of the logged values", async () => {
    const values = [1, 4, 2, 8];
    const runs = labelled([
      exampleRun("a", { "train/loss": series(values) }),
      exampleRun("b", { "train/loss": series([2, 2, 2, 2]) }),
    ]);
    const bundle = await fullBundle({ runs, sweeps: [] }, boardSettings({ smoothing: 0.6 }));
    const page = await embed(bundle["application/vnd.vegalite.v5+json"]);
    const lines = await page.$$eval("svg .mark-line path[stroke]:not([stroke-dasharray])", (paths) =>
      paths.map((path) => path.getAttribute("d") ?? "").filter((d) => d.split("L").length === 4),
    );
    // Raw and smoothed of each of two runs.
    expect(lines.length).toBe(4);
    const ys = (lines[0] as string)
      .split(/[ML]/)
      .slice(1)
      .map((pair) => Number(pair.split(",")[1]));
    const slope = ((ys[3] as number) - (ys[0] as number)) / (8 - 1);
    for (const [i, y] of ys.entries())
      expect(y - (ys[0] as number)).toBeCloseTo(slope * ((values[i] as number) - 1), 0);
    const smoothed = (lines[2] as string)
      .split(/[ML]/)
      .slice(1)
      .map((pair) => Number(pair.split(",")[1]));
    const expected = smooth(values, 0.6);
    for (const [i, y] of smoothed.entries())
      expect(y - (ys[0] as number)).toBeCloseTo(slope * ((expected[i] as number) - 1), 0);
    await page.close();
  });

  it("draws a ridge a step and a tile a layer and step, and a name for every layer", async () => {
    const runs = labelled([trainingRun("deep", { decay: 0.17, layers: 5 })]);
    const bundle = await fullBundle(
      { runs, sweeps: [] },
      boardSettings({ kind: ["gradients", "histograms"], tags: "gradient" }),
    );
    const page = await embed(bundle["application/vnd.vegalite.v5+json"], "dark");
    expect(await page.locator("svg .mark-area path[fill]:not([fill=none])").count()).toBeGreaterThanOrEqual(
      5 * 24,
    );
    expect(await page.locator("svg .mark-rect.role-mark path").count()).toBe(5 * 60);
    const texts = await page.locator("svg text").allTextContents();
    for (const name of ["dense_1", "dense_4", "output", "log10 |g|", "mean |g|"])
      expect(texts).toContain(name);
    await page.close();
  });

  it("draws every trial of a sweep", async () => {
    const sweep = exampleSweep();
    const page = await embed(
      (await fullBundle({ runs: [], sweeps: [sweep] }, boardSettings()))["application/vnd.vegalite.v5+json"],
    );
    const valued = sweep.trials.filter((trial) => Number.isFinite(trial.value)).length;
    const points = await page
      .locator("svg .mark-symbol.role-mark")
      .evaluateAll((groups) => groups.map((group) => group.querySelectorAll("path").length));
    expect(points).toContain(valued);
    await page.close();
  });

  it("tells trials in each state apart, and is no wider than a notebook where none has a value", async () => {
    const drawn = async (...given: Parameters<typeof sweepInStates>) => {
      const bundle = await fullBundle({ runs: [], sweeps: [sweepInStates(...given)] }, boardSettings());
      const page = await embed(bundle["application/vnd.vegalite.v5+json"]);
      const curves = page
        .locator("svg .mark-line path")
        .evaluateAll((paths) => paths.map((path) => path.getAttribute("stroke")));
      const facts = {
        width: await page.$eval("svg", (svg) => svg.getBoundingClientRect().width),
        texts: await page.locator("svg text").allTextContents(),
        colours: new Set(await curves),
      };
      await page.close();
      return facts;
    };
    const every = await drawn();
    for (const state of ["best", "complete", "pruned", "failed", "interrupted", "running"])
      expect(every.texts).toContain(state);
    for (const colour of [bestColour, ...Object.values(trialLooks).map((look) => look.colour)])
      expect(every.colours).toContain(colour);
    expect(every.texts).toContain("without a value: 1 failed, 1 interrupted, 1 running");

    const stopped = await drawn(["interrupted", "interrupted"]);
    expect(stopped.width).toBeLessThan(900);
    expect(stopped.texts).toContain("no trial has a value yet (2 interrupted)");
    expect(stopped.texts).toContain("interrupted");
    expect(stopped.texts).not.toContain("complete");
    expect(stopped.texts.filter((text) => text.startsWith("valAccuracy"))).toHaveLength(1);
  });

  it("takes its texts' colour from the page, over the client's theme, with a rim in the ground's colour", async () => {
    const spec = (await fullBundle({ runs: [], sweeps: [exampleSweep()] }, boardSettings()))[
      "application/vnd.vegalite.v5+json"
    ];
    for (const theme of [undefined, "dark"] as const) {
      const page = await embed(spec, theme);
      await page.addStyleTag({ content: "body { color: rgb(1, 2, 3); --jp-layout-color0: rgb(4, 5, 6); }" });
      const texts = await page.$$eval("svg text", (all) =>
        all.map((text) => [
          text.textContent ?? "",
          getComputedStyle(text).fill,
          getComputedStyle(text).stroke,
        ]),
      );
      const labels = texts.filter(([text]) => text === "sigmoid");
      expect(labels).toContainEqual(["sigmoid", "rgb(4, 5, 6)", "rgb(4, 5, 6)"]);
      expect(labels.at(-1)).toEqual(["sigmoid", "rgb(1, 2, 3)", "none"]);
      const others = texts.filter(([, , stroke]) => stroke === "none").map(([, fill]) => fill);
      expect([...new Set(others)]).toEqual(["rgb(1, 2, 3)"]);
      expect(await page.$eval("svg.marks", (svg) => getComputedStyle(svg).backgroundColor)).toBe(
        "rgba(0, 0, 0, 0)",
      );
      await page.close();
    }
  });

  it("picks a run by its legend", async () => {
    const page = await embed(
      (await fullBundle({ ...exampleBoard() }, boardSettings({ kind: "scalars" })))[
        "application/vnd.vegalite.v5+json"
      ],
    );
    const faint = () => page.locator('svg .mark-line path[opacity="0.12"]').count();
    expect(await faint()).toBe(0);
    await page.locator("svg .role-legend-label text", { hasText: "deep-relu" }).first().click();
    await expect.poll(faint).toBeGreaterThan(0);
    await page.close();
  });

  it("has an SVG whose texts are as wide as they were measured, with the font it carries", async () => {
    const svg = String((await fullBundle(exampleBoard(), boardSettings()))["image/svg+xml"]);
    const file = join(folder, "board.html");
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><body>${svg}`);
    const page = await open(file);
    await page.evaluate(() => document.fonts.ready);
    expect(
      await page.evaluate(() =>
        [...document.fonts].map(({ family, status, weight }) => `${family} ${weight} ${status}`),
      ),
    ).toEqual(["tunelab normal loaded", "tunelab bold loaded"]);
    const texts = await page.$$eval("svg text", (all) =>
      all.map((text) => ({
        content: text.textContent ?? "",
        width: (text as SVGTextElement).getComputedTextLength(),
        size: Number.parseFloat(text.getAttribute("font-size") ?? "0"),
        bold: text.getAttribute("font-weight") === "bold",
        box: (({ left, right, top, bottom }) => ({ left, right, top, bottom }))(text.getBoundingClientRect()),
      })),
    );
    expect(texts.length).toBeGreaterThan(100);
    for (const { content, width, size, bold } of texts)
      expect(Math.abs(font(bold ? "bold" : "normal").width(content, size) - width), content).toBeLessThan(
        0.6 + 0.02 * width,
      );
    const overlaps = texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter(
          (b) =>
            a.box.left < b.box.right - 1 &&
            b.box.left < a.box.right - 1 &&
            a.box.top < b.box.bottom - 2 &&
            b.box.top < a.box.bottom - 2,
        )
        .map((b) => [a.content, b.content]),
    );
    expect(overlaps).toEqual([]);
    await page.close();
  });

  it("is a page that loads nothing, runs no foreign script and follows its controls", async () => {
    const dir = join(folder, "runs");
    const dirs = [
      writeRun(trainingRun("deep-relu", { decay: 0.9, layers: 3, epochs: 2 }), dir),
      writeRun(
        exampleRun(evil, {
          [evil]: series([1, 3, 2]),
          [`train/${evil}`]: series([1, 3]),
          "train/loss": series([3, 1, 2]),
        }),
        dir,
      ),
    ];
    const shown = await board(dirs);
    const file = await shown.writeHtml(join(folder, "page.html"));
    const page = await open(file);
    await page.waitForSelector(".card canvas");
    const panel = page.locator(".card.panel").first();
    await panel.scrollIntoViewIfNeeded();
    await panel.locator("svg.marks").waitFor();
    expect(await page.locator("nav li").allTextContents()).toEqual(["deep-relu", evil]);
    const sections = await page.locator("summary h2").allTextContents();
    expect(sections.slice(0, 2)).toEqual(["epoch", "train"]);
    const loss = page.locator('.card[aria-label="loss"]').last();
    await loss.scrollIntoViewIfNeeded();
    const picture = () => loss.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await picture();
    await page.fill("#tags", "loss");
    await page.locator("#smoothing").fill("0.95");
    await expect.poll(picture).not.toBe(before);
    expect(await page.locator("output").textContent()).toBe("0.950");
    await page.fill("#tags", "(");
    expect(await page.locator("#tags:invalid").count()).toBe(1);
    await page.fill("#tags", "");
    await page.locator("nav input[type=checkbox]").first().uncheck();
    await expect.poll(() => page.locator("summary h2").allTextContents()).not.toContain("epoch");
    await page.hover(".card .u-over");
    expect(await page.locator(".tooltip").textContent()).toContain(evil);
    expect(
      await page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked),
    ).toBeUndefined();
    expect(await page.locator("img").count()).toBe(0);
    await page.close();
  });

  it("is cut nowhere at the right in a narrower page, nor when the window becomes narrower", async () => {
    const dir = join(folder, "narrow");
    const runs = ["a", "b"].map((name, i) =>
      writeRun(trainingRun(name, { decay: 0.9 - i / 2, layers: 3, epochs: 2 }), dir),
    );
    const sweeps = [writeSweep(exampleSweep(), dir)];
    const file = await new Board({ runs, sweeps }, boardSettings()).writeHtml(join(folder, "narrow.html"));
    const page = await open(file);
    /** Titles of the cards whose chart is wider than they are. */
    const cut = async () => {
      for (const card of await page.locator(".card:not(.content)").all()) {
        await card.scrollIntoViewIfNeeded();
        await card.locator("svg.marks, canvas").first().waitFor();
      }
      return page.$$eval(".card", (cards) =>
        cards
          .filter(
            (card) => card.scrollWidth > card.clientWidth || card.getBoundingClientRect().right > innerWidth,
          )
          .map((card) => card.getAttribute("aria-label")),
      );
    };
    const coordinates = page.locator('.card[aria-label^="parallel coordinates"]');
    const width = async () => {
      // A window that became narrower may have moved it out of sight, where nothing is drawn.
      await coordinates.scrollIntoViewIfNeeded();
      return coordinates.locator("svg.marks").evaluate((svg) => svg.getBoundingClientRect().width);
    };
    expect(await cut()).toEqual([]);
    const wide = await width();
    await page.setViewportSize({ width: 1100, height: 900 });
    await expect.poll(width).toBeLessThan(wide - 100);
    expect(await cut()).toEqual([]);
    await page.setViewportSize({ width: 700, height: 900 });
    await expect.poll(width).toBeLessThan(wide - 250);
    expect(await cut()).toEqual([]);
    await page.close();
  });

  it("is dark where the person's system is", async () => {
    const runs = labelled([trainingRun("a", { decay: 0.5, layers: 2, epochs: 1 })]);
    const dir = writeRun(runs[0]?.data as never, join(folder, "dark"));
    const file = await new Board({ runs: [dir], sweeps: [] }, boardSettings()).writeHtml(
      join(folder, "dark.html"),
    );
    for (const dark of [true, false]) {
      const page = await open(file, { dark });
      await page.waitForSelector(".card svg text");
      const [back, title, texts] = await page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector(".card h3") as Element).color,
        [...document.querySelectorAll(".card svg text")].map((text) => text.getAttribute("fill")),
      ]);
      expect([back, title]).toEqual(
        dark ? ["rgb(21, 24, 28)", "rgb(230, 233, 237)"] : ["rgb(246, 247, 249)", "rgb(28, 32, 37)"],
      );
      expect(texts).toContain(dark ? "#a2abb5" : "#5b636d");
      await page.close();
    }
  });

  it("asked the network for nothing and threw nothing", () => {
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  });
});
