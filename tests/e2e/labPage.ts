/** A notebook open in JupyterLab, driven as a person does: by its menus and by what is seen. */
import type { Locator, Page } from "playwright-core";
import { answerDialogs } from "./answerDialogs.js";

export interface LabPage {
  readonly page: Page;
  /** Run → Run All Cells; resolves when the last code cell has its number. */
  runAll(timeout?: number): Promise<void>;
  /** The output area of the i-th code cell, counted from 0. */
  output(cell: number): Locator;
  /** How many pixels of a cell's chart are not of the colour of its corner. */
  inkedPixels(cell: number): Promise<number>;
  /** The chart drawn in a cell's output, as the SVG that its own menu's "Save as SVG" gives: what Vega has drawn. */
  chartSvg(cell: number): Promise<string>;
}

/** Opens `url` and waits for the notebook's cells and for a kernel that is idle. */
export async function openNotebook(page: Page, url: string): Promise<LabPage> {
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  await page.locator(".jp-NotebookPanel .jp-CodeCell").first().waitFor();
  await answerDialogs(page);
  await idle(page, 120_000);
  return {
    page,
    output: (cell) => page.locator(".jp-CodeCell").nth(cell).locator(".jp-Cell-outputWrapper .jp-OutputArea"),
    chartSvg: (cell) => chartSvg(page, cell),
    inkedPixels: (cell) => inkedPixels(page, cell),
    async runAll(timeout = 300_000) {
      await startAll(page);
      await page.locator(".jp-CodeCell").last().scrollIntoViewIfNeeded();
      const until = Date.now() + timeout;
      while (!(await hasRun(page))) {
        if (Date.now() > until) {
          const seen = await page.locator(".jp-Notebook").first().textContent();
          throw new Error(`the last cell did not finish in ${timeout} ms; the notebook shows:\n${seen}`);
        }
        if (!(await isRunning(page)) && !(await hasRun(page))) await startAll(page);
      }
      await idle(page, timeout);
    },
  };
}

/** Whether the last code cell has its number, now or in five seconds. */
async function hasRun(page: Page): Promise<boolean> {
  const number = page
    .locator(".jp-CodeCell")
    .last()
    .locator(".jp-InputPrompt", { hasText: /\[\d+\]/ });
  return await number.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * Whether a cell waits or runs. JupyterLab forgets the cells that it was to run when its connection to the kernel is made
 * anew meanwhile, and asks or shows them as never run.
 */
async function isRunning(page: Page): Promise<boolean> {
  const waiting = page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: "[*]" });
  return (await page.locator(".jp-Dialog").count()) === 0 && (await waiting.count()) > 0;
}

/**
 * Run → Run All Cells. JupyterLab drops the command while its connection to the kernel is still being made, although it
 * shows an idle kernel; as a person would, it is then chosen again, and the page loaded anew when that does not help.
 */
async function startAll(page: Page): Promise<void> {
  const started = page
    .locator(".jp-CodeCell")
    .first()
    .locator(".jp-InputPrompt", { hasText: /\[(\*|\d+)\]/ });
  let asked = "";
  for (let attempt = 1; ; attempt++) {
    try {
      asked = (await answerDialogs(page)) || asked;
      // In front of a question it would mean "no kernel".
      await page.keyboard.press("Escape");
      await page.getByRole("menuitem", { name: "Run", exact: true }).click({ timeout: 5_000 });
      await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click({ timeout: 5_000 });
      await started.waitFor({ timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === 12)
        throw new Error(`Run All Cells did nothing; JupyterLab asked "${asked}"`, { cause: error });
      if (attempt % 4 === 0) await reload(page);
    }
  }
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.locator(".jp-NotebookPanel .jp-CodeCell").first().waitFor();
  await answerDialogs(page);
  await idle(page, 120_000);
}

async function idle(page: Page, timeout: number): Promise<void> {
  await page
    .locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    .first()
    .waitFor({ timeout, state: "attached" });
}

async function chartSvg(page: Page, cell: number): Promise<string> {
  const chart = page.locator(".jp-CodeCell").nth(cell).locator(".vega-embed");
  await chart.scrollIntoViewIfNeeded();
  const link = chart.locator('a[download="visualization.svg"]');
  // Vega fills the address in when the mouse goes down on the link.
  await link.dispatchEvent("mousedown");
  await page.waitForFunction(
    (a) => (a as HTMLAnchorElement).href.startsWith("blob:"),
    await link.elementHandle(),
  );
  return link.evaluate(async (a) => (await fetch((a as HTMLAnchorElement).href)).text());
}

async function inkedPixels(page: Page, cell: number): Promise<number> {
  const chart = page.locator(".jp-CodeCell").nth(cell).locator(".vega-embed svg.marks");
  return chart.evaluate(async (svg) => {
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await picture.decode();
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(picture, 0, 0);
    const data = context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0);
    const pixels = new Uint32Array(data);
    return pixels.filter((pixel) => pixel !== pixels[0]).length;
  });
}
