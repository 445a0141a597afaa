/** A served page's list of kinds, and the panel of a run's details, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, series } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { axeFindings } from "./axe.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, drawnCard, servedDesk } from "./servedBoard.js";

const evil = '<img src=x onerror="document.title=`broken`">';

describe.skipIf(skipWithoutChromium())("a served page", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      writeRun(exampleRun("plain", { "train/loss": series([2, 1]) }), folder);
      const config = { lr: 0.25, nested: { text: evil }, apiToken: "sk-123456" };
      const run = openRun({ name: "media", dir: folder, sources: [], config, tags: ["first"], notes: evil });
      const data = Uint8Array.from({ length: 64 }, (_, i) => 4 * i);
      run.log({ "train/loss": 0.5 }, 1);
      run.image("digits", { width: 8, height: 8, data }, 1);
      run.text("story", "all well", 1);
      const values = [1, 2, 3].map((x) => ({ x, y: x * x }));
      const at = (field: string) => ({ field, type: "quantitative" });
      void run.figure(
        "curve",
        { width: 400, data: { values }, mark: "line", encoding: { x: at("x"), y: at("y") } },
        1,
      );
      run.alert("Loss is high", evil, { level: "warn" });
      run.finish();
    });
  });
  afterAll(() => desk.close());

  it("shows the kinds that its runs hold when they are picked, by keys too, and keeps them in the address", async () => {
    const page = await desk.open();
    await drawnCard(page, "train/loss");
    const titles = () => page.locator("main summary h2").allTextContents();
    expect(await titles()).toEqual(["train"]);
    const summary = page.locator(".kinds summary");
    expect(await summary.textContent()).toBe("kinds: 1 of 4");
    await summary.focus();
    await page.keyboard.press("Enter");
    const boxes = page.locator(".kinds").getByRole("checkbox");
    expect(await boxes.count()).toBe(4);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(
      await page.getByRole("checkbox", { name: "images" }).evaluate((box) => box === document.activeElement),
    ).toBe(true);
    await page.keyboard.press("Space");
    await expect.poll(titles).toEqual(["train", "figures of media", "images of media"]);
    await page.locator(".card.panel svg.marks image").first().waitFor();
    await page.getByRole("checkbox", { name: "scalars" }).uncheck();
    await page.getByRole("checkbox", { name: "text" }).check();
    await expect.poll(titles).toEqual(["figures of media", "images of media", "texts of media"]);
    expect((await axeFindings(page)).violations).toEqual([]);
    await expect.poll(() => page.url()).toContain("kinds=gradients%2Cimages%2Ctext");
    await page.reload();
    await expect.poll(titles).toEqual(["figures of media", "images of media", "texts of media"]);
    await page.locator(".kinds summary").click();
    await page.getByRole("button", { name: "as at first" }).click();
    await expect.poll(titles).toEqual(["train"]);
    await expect.poll(() => page.url()).not.toContain("kinds=");
    await page.keyboard.press("Escape");
    expect(await page.locator(".kinds[open]").count()).toBe(0);
    expect(desk.errors).toEqual([]);
    await page.close();
  });

  it("draws a recorded figure at its size, in the page's colours, and enlarges it", async () => {
    for (const dark of [false, true]) {
      const page = await desk.open({ hash: "#kinds=images", dark });
      const card = page.getByRole("figure", { name: "curve", exact: true });
      const chart = card.locator("svg.marks");
      await chart.waitFor();
      const width = async () => (await chart.boundingBox())?.width ?? 0;
      const before = await width();
      expect(before).toBeGreaterThanOrEqual(400);
      const ink = await chart.locator(".role-axis-label text").first().getAttribute("fill");
      expect(ink).toBe(
        await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--soft")),
      );
      await card.hover();
      await card.locator("[data-act=enlarge]").click();
      await expect.poll(width).toBeGreaterThan(before * 1.5);
      await page.close();
    }
    expect(desk.errors).toEqual([]);
  });

  it("tells of a run its configuration, notes, tags and alerts, as text", async () => {
    const page = await desk.open();
    await page.getByRole("button", { name: "details of media" }).click();
    const panel = page.getByRole("dialog", { name: "details of media" });
    await panel.locator("dl").nth(1).waitFor();
    const facts = await panel
      .locator("dl div")
      .evaluateAll((all) => all.map((one) => [...one.children].map(({ textContent }) => textContent)));
    const said = new Map(facts as [string, string][]);
    expect(said.get("status")).toBe("finished");
    expect(said.get("lr")).toBe("0.25");
    expect(said.get("nested.text")).toBe(evil);
    const text = await panel.textContent();
    expect(text).toContain(`notes${evil}`);
    expect(text).toContain("tagsfirst");
    expect(text).toContain(`warn: Loss is high: ${evil}`);
    expect(await panel.locator("img").count()).toBe(0);
    expect(await page.title()).not.toBe("broken");
    expect((await axeFindings(page)).violations).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => panel.count()).toBe(0);
    expect(desk.errors).toEqual([]);
    await page.close();
  });
});
