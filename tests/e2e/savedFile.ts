import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";

/** What a card's menu of downloads saves under a name, such as `SVG`. */
export async function savedFile(
  page: Page,
  card: Locator,
  name: string,
): Promise<{ readonly name: string; readonly content: Buffer }> {
  await card.hover();
  await card.locator(".downloads summary").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    card.locator(".menu button", { hasText: name }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}
