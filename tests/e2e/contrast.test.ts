/** What our outputs look like in JupyterLab's themes: every text can be read, also after the theme was changed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { type Lab, startLab } from "./lab.js";
import { type LabPage, openNotebook } from "./labPage.js";
import { writeNotebook } from "./notebook.js";
import { ownChart } from "./ownChart.js";
import { readTexts } from "./paleTexts.js";
import { spine } from "./spine.js";

/** Places of cells whose outputs are looked at one by one. */
const cell = { compare: 6, sweep: 7, sweepBoard: 8, rates: 9, doctor: 10, own: 17 };
const cells = [
  ...spine,
  `import { lrFinder, TrialPruned, type Suggester } from "tunelab";
const build = (rate: number) => ({ model: models.mlp({ inputShape: quadrants.inputShape, hidden: [16, 16, 16, 16, 16, 16], classes: 2, activation: "sigmoid" }), optimizer: sgd({ learningRate: rate }) });`,
  `await fit(build(1e-4).model, quadrants, { optimizer: build(1e-4).optimizer, epochs: 6, batchSize: 32, seed: 7, track: "deep" });`,
  `%compare spine deep`,
  `%%sweep rates --trials 5 --sampler random --parallel 1 --seed 7 --maximize score
async (trial) => {
  const rate = trial.suggestFloat("rate", 0.1, 1);
  const layers = trial.suggestInt("layers", 1, 2);
  if (trial.number === 1) throw new TrialPruned("behind the others");
  if (trial.number === 2) throw new Error("this one fails");
  return rate * layers;
}`,
  `%board rates`,
  `await lrFinder(build(0.1).model, quadrants, { batchSize: 32 })`,
  `%doctor deep`,
  `%runs`,
  `%best loss`,
  `%board?`,
  `const names: string[] = []; names.lenght`,
  `throw new RangeError("out of range");`,
  `%boad deep`,
  ownChart,
  `"end"`,
];

/** The style sheets of JupyterLab's themes. */
const sheets = {
  "JupyterLab Light": "light",
  "JupyterLab Dark": "dark",
  "JupyterLab Dark High Contrast": "dark-high-contrast",
} as const;

describe.skipIf(skipWithoutChromium())("in JupyterLab", () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-contrast-"));
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  let notebook: LabPage;

  beforeAll(async () => {
    // Cells go on behind those that fail.
    writeNotebook(join(folder, "looks.ipynb"), cells, { tags: ["raises-exception"] });
    [lab, browser] = await Promise.all([startLab(folder), launchChromium()]);
    // As high as the notebook, so that all of it is drawn.
    const page = await browser.newPage({ viewport: { width: 1280, height: 7000 } });
    notebook = await openNotebook(page, lab.open("looks.ipynb"));
    await notebook.runAll();
    await outputs().locator("svg.marks").nth(4).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** By the menu; the outputs stay as they were drawn. */
  async function choose(theme: keyof typeof sheets) {
    const { page } = notebook;
    await page.getByRole("menuitem", { name: "Settings", exact: true }).click();
    await page.locator('.lm-Menu-itemLabel:text-is("Theme")').hover();
    await page.locator(`.lm-Menu-itemLabel:text-is("${theme}")`).click();
    await page.locator(`body[data-jp-theme-name="${theme}"]`).waitFor({ state: "attached" });
    // It is named before it is seen: the theme before goes, then its own style sheet comes.
    const themes = () =>
      [...document.styleSheets].flatMap(
        ({ href }) => /\/theme-([a-z-]+)-extension\//.exec(href ?? "")?.[1] ?? [],
      );
    await expect.poll(() => page.evaluate(themes)).toEqual([sheets[theme]]);
  }

  const outputs = () => notebook.page.locator(".jp-OutputArea-output");

  test("the cells show what is to be looked at", async () => {
    expect(await outputs().locator("svg.marks").count()).toBe(5);
    expect(await notebook.output(cell.compare).locator("span[style]").count()).toBeGreaterThan(2);
    const rows = await notebook.output(cell.sweep).locator("tr[style]").allTextContents();
    expect(rows.map((row) => /best|pruned|failed/.exec(row)?.[0]).sort()).toEqual([
      "best",
      "failed",
      "pruned",
    ]);
  });

  test.each([
    "JupyterLab Light",
    "JupyterLab Dark",
    "JupyterLab Dark High Contrast",
    "JupyterLab Light",
  ] as const)("in %s every text has a contrast of at least 4.5", async (theme) => {
    await choose(theme);
    // Both of one look: while the theme comes there are moments without any text.
    const seen = async () => {
      const { pale, count } = await readTexts(outputs());
      return { pale, isAll: count > 300 };
    };
    await expect.poll(seen).toEqual({ pale: [], isAll: true });
    const into = process.env.TUNELAB_PICTURES;
    if (into) await notebook.page.screenshot({ path: join(into, `contrast-${theme}.png`) });
  });

  test("the doctor's card has a chart of the evidence, and what follows from the verdict below it", async () => {
    const card = notebook.output(cell.doctor);
    const charts = card.getByRole("img", { name: / from (epoch|step) / });
    expect(await charts.count()).toBeGreaterThan(0);
    const width = await charts.first().evaluate((image: HTMLImageElement) => image.naturalWidth);
    expect(width).toBe(420);
    const closed = await card.locator("details summary").allTextContents();
    expect(closed).toEqual([
      expect.stringMatching(/^before step 1: /),
      expect.stringMatching(/^not judged: \d+ of \d+ rules/),
    ]);
    const into = process.env.TUNELAB_PICTURES;
    if (into) await card.screenshot({ path: join(into, "doctor-card.png") });
  });

  test("its charts stand on the theme's ground, a person's own too", async () => {
    await choose("JupyterLab Dark");
    const own = notebook.output(cell.own).locator("svg.marks");
    expect(await own.evaluate((svg) => getComputedStyle(svg).backgroundColor)).toBe("rgba(0, 0, 0, 0)");
    const ofOwn = async () => {
      const { least, count } = await readTexts(own);
      return { isClear: least > 10, isAll: count > 8 };
    };
    await expect.poll(ofOwn).toEqual({ isClear: true, isAll: true });
    const chart = notebook.output(cell.sweepBoard).locator("svg.marks");
    const [ground, rim] = await chart.evaluate((svg) => [
      getComputedStyle(svg).backgroundColor,
      [...svg.querySelectorAll<SVGTextElement>(".mark-text.role-mark text")]
        .map((text) => getComputedStyle(text).stroke)
        .find((stroke) => stroke !== "none"),
    ]);
    expect(ground).toBe("rgba(0, 0, 0, 0)");
    expect(rim).toBe("rgb(17, 17, 17)");
  });
});
