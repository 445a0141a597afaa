import type { Page } from "playwright-core";

/**
 * Answers what JupyterLab asks, one question after another: on a busy machine it asks at times, such as for the kernel,
 * of which it then offers Python's first. What it asked, "" for nothing.
 */
export async function answerDialogs(page: Page): Promise<string> {
  const dialogs = page.locator(".jp-Dialog");
  const asked: string[] = [];
  while (asked.length < 10 && (await dialogs.count()) > 0) {
    // The last stands before the others.
    const dialog = dialogs.last();
    const text = (await dialog.textContent({ timeout: 5_000 }).catch(() => "")) ?? "";
    if (!text) continue;
    asked.push(text);
    const kernels = dialog.locator("select");
    if ((await kernels.count()) > 0) await kernels.first().selectOption({ label: "TypeScript (tunelab)" });
    await dialog.locator("button.jp-mod-accept").click({ timeout: 5_000 });
    await dialog.waitFor({ state: "detached", timeout: 5_000 }).catch(() => undefined);
  }
  return asked.join("; ");
}
