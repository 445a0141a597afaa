/** A notebook open in JupyterLab or Notebook 7, worked in as a person does: by keys, the toolbar and what is seen. */
import type { Locator, Page } from "playwright-core";
import { answerDialogs } from "./answerDialogs.js";

export interface NotebookDesk {
  readonly page: Page;
  /** What the page itself complained of. */
  readonly complaints: readonly string[];
  /** The i-th code cell, counted from 0. */
  cell(index: number): Locator;
  /** Replaces a cell's code by typing; the cursor stays behind it. */
  type(index: number, code: string): Promise<void>;
  /** Runs a cell with Control-Enter; resolves when it has a number again. */
  run(index: number): Promise<void>;
  /** The prompt of a cell, such as `[3]:`. */
  prompt(index: number, text: RegExp): Promise<void>;
  /** The text of a cell's outputs. */
  output(index: number): Promise<string>;
  /** The code of a cell as it stands there; its lines are not told apart. */
  code(index: number): Promise<string>;
  /** Presses a button of the notebook's toolbar. */
  press(button: "interrupt" | "restart-and-run"): Promise<void>;
  /** Removes the notice that a tooltip or a completer is. */
  dismiss(index: number): Promise<void>;
}

/** Opens `url` and waits until the kernel answers: a cell is run until it does. */
export async function openDesk(page: Page, url: string): Promise<NotebookDesk> {
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  const cell = (index: number) => page.locator(".jp-Notebook .jp-CodeCell").nth(index);
  const prompt = (index: number, text: RegExp, timeout = 120_000) =>
    cell(index).locator(".jp-InputPrompt", { hasText: text }).waitFor({ timeout });
  const editor = (index: number) => cell(index).locator(".cm-content");
  const desk: NotebookDesk = {
    page,
    complaints,
    cell,
    prompt,
    async type(index, code) {
      await editor(index).click();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await page.keyboard.type(code);
    },
    async run(index) {
      await editor(index).click();
      await page.keyboard.press("Control+Enter");
      await prompt(index, /\[(\*|\d+)\]/);
      await prompt(index, /\[\d+\]/);
    },
    async output(index) {
      return (await cell(index).locator(".jp-OutputArea-output").allTextContents()).join("\n");
    },
    code: async (index) => (await editor(index).textContent()) ?? "",
    press: (button) =>
      page.locator(`.jp-NotebookPanel-toolbar [data-jp-item-name="${button}"] jp-button`).click(),
    dismiss: (index) => editor(index).click(),
  };
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
  await started(desk);
  return desk;
}

/** The page drops what is run while its connection to the kernel is still being made; then it is run again. */
async function started(desk: NotebookDesk): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await answerDialogs(desk.page);
    await desk.cell(0).locator(".cm-content").click();
    await desk.page.keyboard.press("Control+Enter");
    try {
      return await desk
        .cell(0)
        .locator(".jp-InputPrompt", { hasText: /\[\d+\]/ })
        .waitFor({ timeout: 3_000 });
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}
