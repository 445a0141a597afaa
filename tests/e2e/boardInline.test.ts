/** The inline board of what runs may hold at worst, as a notebook draws it: the chart, the still picture, the HTML. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { boardHtml } from "../../src/board/boardHtml.js";
import type { BoardData } from "../../src/board/content.js";
import { type BoardOptions, boardSettings } from "../../src/board/options.js";
import { alarm, runColour } from "../../src/board/palette.js";
import { renderSvg } from "../../src/board/render/svg.js";
import { labelled } from "../../src/board/series.js";
import { boardSpec } from "../../src/board/spec.js";
import { exampleRun, normalHistogram, series } from "../src/board/exampleRuns.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { embedChart } from "./embeddedChart.js";

const { NaN: nan } = Number;
const start = 1_760_000_000;
const at = (times: readonly number[]) => ({
  ...series(times.map((_, i) => i)),
  wallTimes: Float64Array.from(times, (time) => start + time),
});

const odd = {
  one: series([3]),
  broken: series([nan, Infinity, nan]),
  signs: series([-5, -1, 0, 40_000]),
  huge: series([1e300, -1e300, 5]),
  wide: series([1e-300, 1e300, 5]),
  clock: at([100, 50, 75, 20, 20]),
  repeated: series([1, 2, 3, 4], [0, 1, 1, 1]),
  restarted: series([9, 8, 7, 6, 5, 4], [0, 1, 2, 3, 1, 2]),
} as const;
/** A run with one of them alone. */
const runOf = (name: keyof typeof odd) => labelled([exampleRun("odd", { "train/loss": odd[name] })]);

const variants: readonly BoardOptions[] = [
  {},
  { y: "log", x: "relative" },
  { y: "linear", x: "wall", outliers: "clip" },
];

describe.skipIf(skipWithoutChromium())("an inline board of odd runs", () => {
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => {
    // Of the console too: Vega warns of what it cannot place.
    expect(errors.splice(0)).toEqual([]);
  });

  async function blank(): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (["warning", "error"].includes(message.type())) errors.push(message.text());
    });
    await page.setContent('<!doctype html><meta charset="utf-8"><body><div id="chart"></div>');
    return page;
  }

  async function drawn(data: BoardData, options: BoardOptions = {}): Promise<Page> {
    const page = await blank();
    const settings = boardSettings(options);
    await embedChart(page, boardSpec(data, settings));
    const svg = await renderSvg(boardSpec(data, settings, { interactive: false }));
    await page.evaluate((text) => {
      const place = document.createElement("div");
      place.id = "still";
      place.innerHTML = text;
      document.body.append(place);
    }, svg);
    return page;
  }

  /** Places and paths that are no numbers. */
  const broken = (page: Page) =>
    page.$$eval("svg *", (all) =>
      all
        .flatMap((one) =>
          ["d", "transform", "x", "y", "width", "height"].map((name) => one.getAttribute(name)),
        )
        .filter((value) => /NaN|Infinity|undefined/.test(value ?? "")),
    );

  it.each(variants)("draws each of them, beside other runs and alone (%j)", async (options) => {
    const tagged = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, odd[name as keyof typeof odd]]));
    const names = Object.keys(odd);
    const runs = labelled([
      exampleRun("odd", tagged(names)),
      exampleRun("whole", Object.fromEntries(names.slice(1).map((name) => [name, series([3, 2, 1, 0.5])]))),
      exampleRun("empty", {}),
    ]);
    const page = await drawn({ runs, sweeps: [] }, { kind: "scalars", ...options });
    expect(await broken(page)).toEqual([]);
    expect(await page.locator("#chart svg text").allTextContents()).toEqual(expect.arrayContaining(names));
    await page.close();
  });

  it("says which run has no point, and shows one point as a point", async () => {
    const page = await drawn({
      runs: labelled([exampleRun("odd", {}), exampleRun("whole", { "train/loss": series([3, 2]) })]),
      sweeps: [],
    });
    for (const place of ["#chart", "#still"])
      expect(await page.locator(`${place} svg text`).allTextContents()).toContain("No points yet: odd.");
    await page.close();
    const one = await drawn({ runs: runOf("one"), sweeps: [] });
    for (const place of ["#chart", "#still"]) {
      const point = one.locator(`${place} svg path[fill="${runColour(0)}"]`).last();
      const size = await point.evaluate((path) => path.getBoundingClientRect().width);
      expect(size).toBeGreaterThan(3);
    }
    await one.close();
  });

  it("marks each value that is not finite", async () => {
    const page = await drawn({ runs: runOf("broken"), sweeps: [] });
    for (const place of ["#chart", "#still"])
      expect(await page.locator(`${place} svg path[fill="${alarm}"]`).count()).toBe(3);
    await page.close();
  });

  it("draws both signs on a logarithmic scale, each value at its own height", async () => {
    const page = await drawn(
      { runs: runOf("signs"), sweeps: [] },
      { kind: "scalars", y: "log", smoothing: 0 },
    );
    const [path = ""] = await page
      .locator("#chart svg .mark-line.role-mark path")
      .evaluateAll((paths) => paths.map((one) => one.getAttribute("d") ?? ""));
    const heights = path
      .split(/[ML]/)
      .slice(1)
      .map((pair) => Number(pair.split(",")[1]));
    expect(heights).toHaveLength(4);
    for (let i = 1; i < 4; i++) expect(heights[i - 1] as number).toBeGreaterThan((heights[i] as number) + 3);
    await page.close();
  });

  it("goes on from a restart where the run began anew", async () => {
    const page = await drawn({ runs: runOf("restarted"), sweeps: [] }, { smoothing: 0 });
    const [path = ""] = await page
      .locator("#chart svg .mark-line.role-mark path")
      .evaluateAll((paths) => paths.map((one) => one.getAttribute("d") ?? ""));
    // The steps 0, 1 and 2 with 9, 5 and 4; what the first attempt had from step 1 on is gone.
    expect(path.split("L")).toHaveLength(3);
    await page.close();
  });

  it("runs nothing of what runs, tags, configurations and tables are called", async () => {
    const evil = `</script><img src=x onerror="window.attacked=1"><b>'\\"\u202e\u{1f600}]]>`;
    const script = `</text></svg><script>window.attacked=2</script>`;
    const point = (step: number) => ({ step, wallTime: start, histogram: normalHistogram(step, 1) });
    const runs = labelled(
      [evil, script].map((name) =>
        exampleRun(
          name,
          {
            [evil]: series([1, nan, 2]),
            [`${script}/${evil}`]: series([3, 1]),
            [evil.slice(9)]: series([4, 4]),
          },
          { [script]: [point(0), point(1)] },
          { config: { [script]: evil, lr: name.length } },
        ),
      ),
    );
    const page = await drawn(
      { runs, sweeps: [] },
      { kind: ["scalars", "histograms", "distributions", "hparams"] },
    );
    for (const place of ["#chart", "#still"])
      expect(await page.locator(`${place} svg text`, { hasText: "<img src=x" }).count()).toBeGreaterThan(0);
    const table = { step: 0, columns: [script], rows: [[evil]], size: [1, 1], count: 1 } as const;
    const tables = new Map([[evil, table]]);
    const media = { texts: new Map(), images: new Map(), tables };
    const html = boardHtml(
      { runs: runs.map((run) => ({ ...run, media })), sweeps: [], missing: [script] },
      boardSettings({ kind: "tables" }),
    );
    expect(html).toContain("&lt;img");
    await page.evaluate((text) => {
      const place = document.createElement("div");
      place.innerHTML = text;
      document.body.append(place);
    }, html ?? "");
    expect(await page.locator("img, svg b, td b, td script, svg script, #still script").count()).toBe(0);
    expect(
      await page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked),
    ).toBeUndefined();
    await page.close();
  });
});
