/** A served board in Chromium, for tests: runs in a folder of its own, pages that note what goes wrong. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { type ServeBoardOptions, type ServedBoard, serveBoard } from "../../src/board/server/serveBoard.js";
import { launchChromium } from "./chromium.js";

/** Milliseconds after which a page is taken to hang: a busy machine takes many times what a free one does. */
const patience = 120_000;

export interface Desk {
  readonly folder: string;
  readonly served: ServedBoard;
  /** What pages threw, or their policy refused. */
  readonly errors: readonly string[];
  open(options?: { hash?: string; dark?: boolean; width?: number; url?: string }): Promise<Page>;
  close(): Promise<void>;
}

/** @param write makes the runs in the folder it is given. */
export async function servedDesk(
  write: (folder: string) => void | Promise<void>,
  options: ServeBoardOptions = {},
): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), "served-board-"));
  await write(folder);
  const served = await serveBoard([], { ...options, runsDir: folder, sweepsDir: folder });
  const browser: Browser = await launchChromium();
  const errors: string[] = [];
  return {
    folder,
    served,
    errors,
    async open({ hash = "", dark = false, width = 1280, url = served.url } = {}) {
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
      });
      page.setDefaultTimeout(patience);
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      await page.goto(`${url}${hash}`);
      return page;
    },
    async close() {
      await browser.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The card of a chart, by its first tag. */
export function cardOf(page: Page, tag: string): Locator {
  return page.locator(`.section .card[data-tag=${JSON.stringify(tag)}]`).first();
}

/** Waits until its chart is drawn. */
export async function drawnCard(page: Page, tag: string): Promise<Locator> {
  const card = cardOf(page, tag);
  await card.scrollIntoViewIfNeeded();
  await card.locator("canvas").waitFor();
  return card;
}

/**
 * Where a line of this colour lies on a card's canvas: for each column that has any the mean height of its pixels, in
 * pixels from the top.
 */
export async function lineHeights(card: Locator, colour: string): Promise<Map<number, number>> {
  const pairs = await card.locator("canvas").evaluate((canvas: HTMLCanvasElement, hex) => {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [
      number,
      number,
      number,
    ];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const found: [number, number][] = [];
    for (let x = 0; x < canvas.width; x++) {
      let sum = 0;
      let count = 0;
      for (let y = 0; y < canvas.height; y++) {
        const at = 4 * (y * canvas.width + x);
        const [r = 0, g = 0, b = 0, alpha = 0] = data.slice(at, at + 4);
        const near = Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 30;
        if (alpha < 200 || !near) continue;
        sum += y;
        count++;
      }
      if (count > 0) found.push([x, sum / count]);
    }
    return found;
  }, colour);
  return new Map(pairs);
}
