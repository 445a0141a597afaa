/** What Vega says in the browser's console while a page draws sweeps with little in them. */
import { expect, it } from "vitest";
import { sweepInStates } from "../src/board/exampleRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { skipWithoutChromium } from "./chromium.js";
import { servedDesk } from "./servedBoard.js";

it.skipIf(skipWithoutChromium())(
  "is nothing, of a sweep of one trial and of one without a value",
  async () => {
    const desk = await servedDesk((folder) => {
      writeSweep({ ...sweepInStates(["complete"]), name: "single" }, folder);
      writeSweep({ ...sweepInStates(["failed", "running"]), name: "none" }, folder);
    });
    try {
      // Empty, until the console is listened to.
      const page = await desk.open({ url: "about:blank" });
      const warnings: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "warning") warnings.push(message.text());
      });
      await page.goto(desk.served.url);
      const cards = page.locator(".card.panel:not(.content)");
      await cards.first().waitFor({ state: "attached" });
      for (const card of await cards.all()) {
        await card.scrollIntoViewIfNeeded();
        await card.locator("svg.marks").waitFor();
      }
      expect(await cards.count()).toBeGreaterThan(5);
      expect(warnings).toEqual([]);
      expect(desk.errors).toEqual([]);
    } finally {
      await desk.close();
    }
  },
);
