/** What one does with the page's charts, in a real browser: pick, colour, pin, zoom, save; and who may frame it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seriesFromBytes } from "../../src/board/source/seriesBytes.js";
import { exampleRun, exampleSweep, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { writeSweep } from "../src/board/writtenSweep.js";
import { skipWithoutChromium } from "./chromium.js";
import { savedFile } from "./savedFile.js";
import { cardOf, type Desk, drawnCard, servedDesk } from "./servedBoard.js";

const long = Array.from({ length: 20_000 }, (_, i) => Math.sin(i / 700) + (i % 2) / 10);

describe.skipIf(skipWithoutChromium())("the tools of a served board in Chromium", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      for (const [i, group] of ["a", "a", "b", "b", "c", "c"].entries()) {
        const values = Array.from({ length: 50 }, (_, step) => i + step / 100);
        const record = { config: { lr: i < 3 ? 0.1 : 0.01 }, group };
        writeRun(exampleRun(`run-${i}`, { "train/level": series(values) }, {}, record), folder);
      }
      writeRun(exampleRun("long", { "train/long": series(long) }), folder);
      writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
      writeSweep(exampleSweep(8), folder);
    });
  });
  afterAll(() => desk.close());

  const swatches = (page: Page) =>
    page.locator("nav li", { hasText: /^run-/ }).evaluateAll((items) =>
      items.map((item) => {
        const shape = item.querySelector(".swatch > *");
        return `${shape?.getAttribute("fill")} ${shape?.tagName}`;
      }),
    );

  it("colours runs by run, by group, by a configuration's value and by an expression", async () => {
    const page = await desk.open({ hash: "#runs=run-" });
    await drawnCard(page, "train/level");
    const each = await swatches(page);
    expect(new Set(each).size).toBe(6);
    // From the fifth on there is a shape too.
    expect(each.filter((look) => look.endsWith("path")).length).toBeGreaterThanOrEqual(2);
    for (const [by, groups] of [
      ["group", [0, 0, 1, 1, 2, 2]],
      ["config.lr", [0, 0, 0, 1, 1, 1]],
    ] as const) {
      await page.getByLabel("colour by").selectOption(by);
      const places = async () => {
        const looks = await swatches(page);
        const kinds = [...new Set(looks)];
        return looks.map((look) => kinds.indexOf(look));
      };
      await expect.poll(places).toEqual(groups);
    }
    await page.getByLabel("colour by").selectOption("expression");
    await page.fill("#colour", "[0-2]$");
    await expect.poll(async () => new Set(await swatches(page)).size).toBe(4);
    await expect.poll(() => page.url()).toContain("colour=");
    await page.close();
  });

  it("keeps tooltips within the window, also of an enlarged chart that fills it", async () => {
    const page = await desk.open({ hash: "#runs=run-" });
    await page.setViewportSize({ width: 1366, height: 700 });
    const card = await drawnCard(page, "train/level");
    await card.hover();
    await card.locator("[data-act=enlarge]").click();
    await expect.poll(async () => (await card.boundingBox())?.height ?? 0).toBeGreaterThan(460);
    await card.evaluate((element) => element.scrollIntoView({ block: "end" }));
    for (const share of [0.1, 0.5, 0.9]) {
      const plot = (await card.locator(".u-over").boundingBox()) as { x: number; y: number; width: number };
      await page.mouse.move(plot.x + plot.width * share, plot.y + 200, { steps: 3 });
      const tooltip = card.locator(".tooltip");
      await tooltip.locator("tbody tr").nth(5).waitFor();
      const box = await tooltip.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1366);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
      // Not over the points it tells of.
      const pointer = plot.x + plot.width * share;
      expect(pointer > (box?.x ?? 0) && pointer < (box?.x ?? 0) + (box?.width ?? 0)).toBe(false);
    }
    await page.close();
  });

  it("keeps pinned cards in the address and over a reload", async () => {
    const page = await desk.open();
    const card = await drawnCard(page, "train/level");
    await card.hover();
    await card.locator("[data-act=pin]").click();
    await expect.poll(() => page.url()).toContain("pin=train%2Flevel");
    await page.reload();
    await drawnCard(page, "train/level");
    expect(await page.locator("summary h2").first().textContent()).toBe("pinned");
    const pin = cardOf(page, "train/level").locator("[data-act=pin]");
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await pin.focus();
    await pin.press("Enter");
    await expect.poll(() => page.locator("summary h2").first().textContent()).not.toBe("pinned");
    await page.close();
  });

  it("draws only the range of steps that one types, on a scale that fits it", async () => {
    const page = await desk.open({ hash: "#tags=level&runs=run-0&smoothing=0" });
    const card = await drawnCard(page, "train/level");
    await page.getByLabel("from step").fill("10");
    await page.getByLabel("to step").fill("20");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("from=10&to=20");
    const text = () => card.locator(".plot").getAttribute("aria-label");
    await expect.poll(text).toContain("run-0: 0.2 at step 20, from 0.1 to 0.2");
    await page.close();
  });

  it("logs the scale where all are above zero, and says every run at the step", async () => {
    const page = await desk.open({ hash: "#tags=level&runs=run-&y=log" });
    const card = await drawnCard(page, "train/level");
    await card.locator(".u-over").hover({ position: { x: 100, y: 60 } });
    await expect.poll(() => card.locator(".tooltip tbody tr").count()).toBe(6);
    const steps = await card.locator(".tooltip tbody tr td:last-child").allTextContents();
    expect(new Set(steps).size).toBe(1);
    await page.close();
  });

  /** Steps of each series of the answers that the page gets, in order. */
  function stepsOf(page: Page): (readonly number[])[] {
    const all: number[][] = [];
    page.on("response", async (response) => {
      if (!response.url().endsWith("/ask/series")) return;
      const body = await response.body();
      const { buffer, byteOffset, byteLength } = Uint8Array.from(body);
      const answers = seriesFromBytes(buffer.slice(byteOffset, byteOffset + byteLength));
      all.push(...answers.map(({ series: { steps } }) => [...steps]));
    });
    return all;
  }

  it("has every point of the stretch one drags over", async () => {
    const page = await desk.open({ hash: "#tags=long&smoothing=0" });
    const answered = stepsOf(page);
    const ranges: [number, number][] = [];
    page.on("request", (request) => {
      if (!request.url().endsWith("/ask/series")) return;
      const { range } = JSON.parse(request.postData() ?? "{}");
      if (range) ranges.push(range);
    });
    const card = await drawnCard(page, "train/long");
    const drag = async (from: number, to: number) => {
      const box = await card.locator(".u-over").boundingBox();
      if (!box) throw new Error("the chart has no place");
      await page.mouse.move(box.x + box.width * from, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * to, box.y + 50, { steps: 5 });
      await page.mouse.up();
    };
    await drag(0.5, 0.52);
    await expect.poll(() => ranges.length).toBe(1);
    const [from, to] = ranges.at(-1) as [number, number];
    const inside = long.flatMap((_, step) => (step >= from && step <= to ? [step] : []));
    expect(inside.length).toBeGreaterThan(200);
    await expect.poll(() => answered.at(-1)?.filter((step) => step >= from && step <= to)).toEqual(inside);
    await page.close();
  });

  it("saves what Vega draws as picture and as data", async () => {
    const page = await desk.open();
    const card = page.locator('.card.panel[aria-label^="parallel coordinates"]');
    await card.scrollIntoViewIfNeeded();
    await card.locator("svg.marks").waitFor();
    const svg = (await savedFile(page, card, "SVG")).content.toString("utf8");
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect((await savedFile(page, card, "PNG")).content.subarray(1, 4).toString("latin1")).toBe("PNG");
    const csv = await savedFile(page, card, "CSV");
    expect(csv.name).toMatch(/^parallel-coordinates.*\.csv$/);
    const [head, ...rows] = csv.content.toString("utf8").trimEnd().split("\n");
    expect(head?.split(",").length).toBeGreaterThan(2);
    const json = JSON.parse((await savedFile(page, card, "JSON")).content.toString("utf8"));
    expect(json.$schema ?? json.mark ?? json.layer ?? json.hconcat).toBeDefined();
    expect(rows.length).toBeGreaterThan(7);
    await page.close();
  });

  it("stands in frames of this machine's pages, and of no other site's", async () => {
    const { url } = desk.served;
    const framing = createServer((_, answered) => {
      answered.setHeader("content-type", "text/html");
      answered.end(`<!doctype html><iframe src="${url}"></iframe>`);
    });
    await new Promise<void>((resolve) => framing.listen(0, resolve));
    const framed = async (host: string) => {
      const page = await desk.open({ url: "about:blank" });
      const told: string[] = [];
      page.on("console", (message) => told.push(message.text()));
      await page.goto(`http://${host}:${(framing.address() as AddressInfo).port}/`);
      return { page, told };
    };
    const own = await framed("localhost");
    await own.page.frameLocator("iframe").locator("nav li").first().waitFor();
    await own.page.close();
    // An address that the policy does not name stands for another site.
    const other = await framed("127.0.0.2");
    await expect.poll(() => other.told.join("\n")).toContain("frame-ancestors");
    expect(await other.page.frameLocator("iframe").locator("nav li").count()).toBe(0);
    await other.page.close();
    framing.closeAllConnections();
    await new Promise((resolve) => framing.close(resolve));
    const answer = await fetch(url);
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
  });
});
