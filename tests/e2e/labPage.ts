/** A notebook open in JupyterLab, driven as a person does: by its menus and by what is seen. */
import type { Locator, Page } from "playwright-core";

export interface LabPage {
  readonly page: Page;
  /** Run → Run All Cells; resolves when the last code cell has its number. */
  runAll(timeout?: number): Promise<void>;
  /** The output area of the i-th code cell, counted from 0. */
  output(cell: number): Locator;
}

/** Opens `url` and waits for the notebook's cells and for a kernel that is idle. */
export async function openNotebook(page: Page, url: string): Promise<LabPage> {
  await page.goto(url);
  await page.locator(".jp-NotebookPanel .jp-CodeCell").first().waitFor({ timeout: 60_000 });
  await idle(page, 60_000);
  return {
    page,
    output: (cell) => page.locator(".jp-CodeCell").nth(cell).locator(".jp-Cell-outputWrapper .jp-OutputArea"),
    async runAll(timeout = 120_000) {
      await page.getByRole("menuitem", { name: "Run", exact: true }).click();
      await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
      const last = page.locator(".jp-CodeCell").last();
      await last.scrollIntoViewIfNeeded();
      await last.locator(".jp-InputPrompt", { hasText: /\[\d+\]/ }).waitFor({ timeout });
      await idle(page, timeout);
    },
  };
}

async function idle(page: Page, timeout: number): Promise<void> {
  await page
    .locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    .first()
    .waitFor({ timeout, state: "attached" });
}
