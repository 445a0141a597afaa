/** What a served page hides by its filters, says of them, and how one comes back to what there was at first. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleRun, exampleSweep, series } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { skipWithoutChromium } from "./chromium.js";
import { cardOf, type Desk, drawnCard, servedDesk } from "./servedBoard.js";

describe.skipIf(skipWithoutChromium())("a served board's filters", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      writeRun(exampleRun("even", { "train/few": series([1, 3, 2]) }), folder);
      writeRun(exampleRun("broken", { "train/few": series([1, Number.NaN, 2]) }), folder);
      writeSweep(exampleSweep(), folder);
    });
  });
  afterAll(() => desk?.close());

  it("hide the sweeps too, and say when nothing is left", async () => {
    const page = await desk.open();
    const sweep = page.locator("summary h2", { hasText: /^sweep / });
    await sweep.first().waitFor();
    await page.fill("#runs", "zzz");
    await page.getByText("Nothing to show").waitFor();
    expect(await sweep.count()).toBe(0);
    await page.fill("#runs", "");
    await sweep.first().waitFor();
    await page.locator(".kinds summary").click();
    await page.getByLabel("sweeps").uncheck();
    await expect.poll(() => sweep.count()).toBe(0);
    await expect.poll(() => page.url()).toContain("sweeps=hide");
    await page.close();
  });

  it("say what is wrong with an expression", async () => {
    const page = await desk.open();
    await page.fill("#tags", "(");
    await page.getByText("no regular expression yet, shows all: Unterminated group").waitFor();
    await page.fill("#tags", "few");
    await expect.poll(() => page.locator(".fault").count()).toBe(0);
    await page.close();
  });

  it("leave the smoothing usual until it is chosen, and bring it back by a press", async () => {
    const page = await desk.open({ hash: "#tags=few&runs=even" });
    const few = await drawnCard(page, "train/few");
    const picture = () => few.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const output = page.locator("output[for=smoothing]");
    expect(await output.textContent()).toBe("usual");
    const reset = page.getByRole("button", { name: "reset" });
    expect(await page.getByText("usual", { exact: true }).count()).toBe(1);
    expect(await reset.isDisabled()).toBe(true);
    const first = await picture();
    await page.locator("#smoothing").fill("0.6");
    await expect.poll(() => output.textContent()).toBe("0.600");
    await expect.poll(picture).not.toBe(first);
    await reset.click();
    expect(await output.textContent()).toBe("usual");
    await page.mouse.move(0, 0);
    await expect.poll(picture).toBe(first);
    await page.close();
  });

  it("keep the list of runs below the head, however many lines that takes", async () => {
    for (const width of [1500, 1300, 900]) {
      const page = await desk.open({ width });
      await page.locator("nav h2").waitFor();
      const gap = () =>
        page.evaluate(() => {
          window.scrollTo(0, 400);
          const head = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
          return (document.querySelector("nav")?.getBoundingClientRect().top ?? 0) - head;
        });
      await expect.poll(gap).toBeGreaterThanOrEqual(0);
      await page.close();
    }
  });

  it("name what the triangles at a chart's foot stand for", async () => {
    const page = await desk.open({ hash: "#tags=few" });
    await drawnCard(page, "train/few");
    expect(await cardOf(page, "train/few").locator(".broken").textContent()).toBe("▲ NaN");
    await page.close();
  });
});
