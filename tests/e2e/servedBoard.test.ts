/** The board as a served page, in a real browser: who may see it, what it draws, how it follows its runs. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tags } from "../../src/base/tags.js";
import { runColours } from "../../src/board/palette.js";
import { smooth } from "../../src/board/smooth.js";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, exampleSweep, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { skipWithoutChromium } from "./chromium.js";
import { savedFile } from "./savedFile.js";
import { cardOf, type Desk, drawnCard, lineHeights, servedDesk } from "./servedBoard.js";

const wave = Array.from({ length: 400 }, (_, i) => 1 + Math.sin(i / 20));
const rise = wave.map((_, i) => i / 100);
const [blue, vermilion] = runColours;

describe.skipIf(skipWithoutChromium())("a served board in Chromium", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      writeRun(exampleRun("first", { "train/wave": series(wave), "train/rise": series(rise) }), folder);
      writeRun(
        exampleRun(
          "second",
          { "train/rise": series(rise.map((value) => 4 - value)) },
          {},
          { config: { lr: 1 } },
        ),
        folder,
      );
      writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
      writeSweep(exampleSweep(8), folder);
    });
  });
  afterAll(() => desk.close());

  it("refuses whoever has no token, and remembers who had one", async () => {
    const bare = new URL(desk.served.url);
    bare.search = "";
    const refused = await fetch(bare);
    expect(refused.status).toBe(403);
    const page = await desk.open();
    await page.locator("nav li").nth(2).waitFor();
    expect(page.url()).not.toContain("token");
    await page.reload();
    await page.locator("nav li").nth(2).waitFor();
    await page.close();
  });

  it("draws the lines where their values lie, without and with smoothing", async () => {
    const page = await desk.open({ hash: "#smoothing=0&tags=rise|wave" });
    const card = await drawnCard(page, "train/rise");
    const heights = async (colour: string = blue) => [...(await lineHeights(card, colour)).entries()];
    await expect.poll(async () => (await heights()).length).toBeGreaterThan(200);
    const risen = await heights();
    const fallen = new Map(await heights(vermilion));
    // Two straight lines, mirrored: their heights add up to the same everywhere but where one covers the other.
    const sums = risen.flatMap(([x, y]) => (fallen.has(x) ? [y + (fallen.get(x) as number)] : []));
    const middle = sums.sort((a, b) => a - b)[Math.floor(sums.length / 2)] as number;
    expect(sums.filter((sum) => Math.abs(sum - middle) < 2).length / sums.length).toBeGreaterThan(0.9);
    expect((risen[0]?.[1] ?? 0) - (risen.at(-1)?.[1] ?? 0)).toBeGreaterThan(120);
    // The tooltip says the smoothed value that TensorBoard's formula gives.
    await page.locator("#smoothing").fill("0.9");
    await card.scrollIntoViewIfNeeded();
    await card.locator(".u-over").hover({ position: { x: 120, y: 60 } });
    const row = card.locator(".tooltip tbody tr", { hasText: "first" }).locator("td");
    const [, smoothed, value, step] = (await row.allTextContents()).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    expect(value).toBeCloseTo(step / 100, 5);
    expect(smoothed).toBeCloseTo(smooth(rise, 0.9)[step] as number, 4);
    expect(await card.locator(".tooltip tbody tr").count()).toBe(2);
    await page.close();
  });

  it("follows a run while it is written, without losing its place", async () => {
    const page = await desk.open({ hash: "#tags=rise" });
    const card = await drawnCard(page, "train/rise");
    const run = openRun({ name: "live one", dir: desk.folder, sources: [] });
    for (let step = 0; step < 50; step++) run.log({ "train/rise": 5 }, step);
    await page.locator("nav li", { hasText: "live one (running)" }).waitFor();
    const label = () => card.locator(".plot").getAttribute("aria-label");
    await expect.poll(label).toContain("live one: 5 at step 49");
    for (let step = 50; step < 300; step++) run.log({ "train/rise": 6 }, step);
    await expect.poll(label).toContain("live one: 6 at step 299");
    run.finish("finished");
    await page.locator("nav li", { hasText: /^live one$/ }).waitFor();
    rmSync(run.dir, { recursive: true });
    await expect.poll(() => page.locator("nav li", { hasText: "live one" }).count()).toBe(0);
    await expect.poll(label).not.toContain("live one");
    expect(await label()).toContain("first: ");
    // Nobody named it: a board of all there is does not miss it.
    expect(await page.getByText("is gone").count()).toBe(0);
    await page.close();
  });

  it("renews heat maps while a run logs faster than they are drawn", async () => {
    const page = await desk.open({ hash: "#runs=busy" });
    const run = openRun({ name: "busy", dir: desk.folder, sources: [] });
    const log = (step: number) =>
      run.log(
        { [tags.gradientMeanAbs("one/kernel")]: 1 / (step + 1), [tags.gradientMeanAbs("two/kernel")]: 1 },
        step,
      );
    for (let step = 0; step < 3; step++) log(step);
    const heat = page.locator(".card.panel", { hasText: "busy" }).first();
    await heat.scrollIntoViewIfNeeded();
    await heat.locator("svg.marks").waitFor();
    let step = 3;
    const logging = setInterval(() => log(step++), 100);
    const cells = () => heat.locator("svg .mark-rect.role-mark path").count();
    try {
      const before = await cells();
      await expect.poll(cells).toBeGreaterThan(before + 10);
    } finally {
      clearInterval(logging);
      run.finish("finished");
      rmSync(run.dir, { recursive: true });
    }
    await page.close();
  });

  it("draws heat map, histograms and the sweep's charts by Vega, under a policy that runs no text", async () => {
    const page = await desk.open();
    const heat = page.locator(".card.panel", { hasText: "deep" }).first();
    await heat.scrollIntoViewIfNeeded();
    await expect.poll(() => heat.locator("svg .mark-rect.role-mark path").count()).toBeGreaterThan(50);
    const sweep = page.locator('.card.panel[aria-label^="parallel coordinates"]');
    await sweep.scrollIntoViewIfNeeded();
    await expect.poll(() => sweep.locator("svg .mark-rule line[stroke-width]").count()).toBeGreaterThan(4);
    await page.close();
  });

  it("filters tags and runs by expressions", async () => {
    const page = await desk.open();
    await drawnCard(page, "train/rise");
    await page.fill("#tags", "wa.e$");
    await expect.poll(() => page.locator(".card.scalar").count()).toBe(1);
    expect(await cardOf(page, "train/wave").count()).toBe(1);
    await page.fill("#tags", "");
    await page.fill("#runs", "^(first|second)$");
    await expect.poll(() => page.locator("nav li").allTextContents()).toEqual(["first", "second"]);
    await page.fill("#runs", "(");
    expect(await page.locator("#runs:invalid").count()).toBe(1);
    await page.close();
  });

  it("shows by its address what was shown, in another window too", async () => {
    const page = await desk.open();
    await drawnCard(page, "train/rise");
    await page.fill("#tags", "rise");
    await page.locator("#smoothing").fill("0.25");
    await page.getByLabel("x axis").selectOption("relative");
    await page.locator("nav li", { hasText: "second" }).locator("input").uncheck();
    const card = cardOf(page, "train/rise");
    await card.focus();
    await page.keyboard.press("p");
    await expect.poll(() => page.url()).toContain("pin=");
    const { hash } = new URL(page.url());
    const other = await desk.open({ hash });
    await drawnCard(other, "train/rise");
    expect(await other.inputValue("#tags")).toBe("rise");
    expect(await other.locator("output").textContent()).toBe("0.250");
    expect(await other.getByLabel("x axis").inputValue()).toBe("relative");
    expect(await other.locator("nav li", { hasText: "second" }).locator("input").isChecked()).toBe(false);
    expect(await other.locator("summary h2").first().textContent()).toBe("pinned");
    await page.close();
    await other.close();
  });

  it("obeys keys, and lists them", async () => {
    const page = await desk.open();
    await drawnCard(page, "train/rise");
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    await page.keyboard.press("/");
    await page.keyboard.type("rise");
    expect(await page.inputValue("#tags")).toBe("rise");
    await page.keyboard.press("Escape");
    await page.keyboard.press("l");
    expect(await page.getByLabel("y axis").inputValue()).toBe("linear");
    await page.keyboard.press("]");
    expect(await page.locator("output").textContent()).toBe("0.700");
    await page.keyboard.press("j");
    const card = cardOf(page, "train/rise");
    await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
    const width = async () => (await card.boundingBox())?.width ?? 0;
    const before = await width();
    await page.keyboard.press("e");
    await expect.poll(width).toBeGreaterThan(before + 200);
    await page.keyboard.press("d");
    expect(await page.getByLabel("theme").inputValue()).toBe("light");
    await page.close();
  });

  it("is dark where the system is, or where it is told to be", async () => {
    for (const [options, expected] of [
      [{ dark: true }, "rgb(21, 24, 28)"],
      [{ dark: false }, "rgb(246, 247, 249)"],
      [{ dark: false, hash: "#theme=dark" }, "rgb(21, 24, 28)"],
      [{ dark: true, hash: "#theme=light" }, "rgb(246, 247, 249)"],
    ] as const) {
      const page = await desk.open(options);
      await drawnCard(page, "train/rise");
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(expected);
      await page.close();
    }
  });

  it("loads every point of the stretch one drags over, and gives it back", async () => {
    const page = await desk.open({ hash: "#tags=wave&smoothing=0" });
    const card = await drawnCard(page, "train/wave");
    const asked: unknown[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/ask/series")) asked.push(JSON.parse(request.postData() ?? "{}").range);
    });
    const box = await card.locator(".u-over").boundingBox();
    if (!box) throw new Error("the chart has no place");
    await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 50, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => asked.length).toBe(1);
    const [from, to] = asked[0] as [number, number];
    expect(from).toBeCloseTo(399 * 0.25, -1);
    expect(to).toBeCloseTo(399 * 0.5, -1);
    await card.locator("[data-act=reset]").click();
    await expect.poll(() => card.locator("[data-act=reset]").count()).toBe(0);
    await page.close();
  });

  it("gives every point as CSV and JSON, and the picture as SVG and PNG", async () => {
    const page = await desk.open({ hash: "#tags=wave" });
    const card = await drawnCard(page, "train/wave");
    const save = (name: string) => savedFile(page, card, name);
    const csv = await save("CSV");
    expect(csv.name).toBe("train-wave.csv");
    const [head, ...rows] = csv.content.toString("utf8").trimEnd().split("\n");
    expect(head).toBe("run,tag,step,wallTime,value");
    expect(rows.map((row) => Number(row.split(",")[4]))).toEqual(wave);
    const json = JSON.parse((await save("JSON")).content.toString("utf8"));
    expect(json[0].values).toEqual(wave);
    const svg = (await save("SVG")).content.toString("utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*>first<\/text>/);
    expect((await save("PNG")).content.subarray(1, 4).toString("latin1")).toBe("PNG");
    await page.close();
  });

  it("threw nothing, and its policy had nothing to refuse", () => {
    expect(desk.errors).toEqual([]);
  });
});
