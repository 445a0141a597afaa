/** Tooltips of the inline charts, as a pointer finds them in a real browser. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boardSettings } from "../../src/board/options.js";
import { alarm } from "../../src/board/palette.js";
import { type BoardRun, labelled } from "../../src/board/series.js";
import { boardSpec } from "../../src/board/spec.js";
import { exampleRun, series } from "../src/board/exampleRuns.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { embedChart } from "./embeddedChart.js";
import { readTexts } from "./paleTexts.js";

describe.skipIf(skipWithoutChromium())("tooltips of inline charts", () => {
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function shown(runs: readonly BoardRun[], theme?: "dark"): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on("pageerror", (error) => errors.push(error.message));
    const ground = theme === "dark" ? "background:#111" : "";
    await page.setContent(
      `<!doctype html><meta charset="utf-8"><body style="${ground}"><div id="chart"></div>`,
    );
    await embedChart(page, boardSpec({ runs, sweeps: [] }, boardSettings({ kind: "scalars" })), theme);
    return page;
  }

  /** Moves the pointer to a share of the first chart's width and height; the tooltip's title and rows. */
  async function pointedAt(page: Page, [across, down]: readonly [number, number]) {
    const cells = page.locator("svg g.mark-path").first();
    const box = await cells.evaluate((group) => {
      const { x, y, width, height } = group.getBoundingClientRect();
      return { x, y, width, height };
    });
    await page.mouse.move(box.x + box.width * across - 3, box.y + box.height * down);
    await page.mouse.move(box.x + box.width * across, box.y + box.height * down, { steps: 3 });
    const tooltip = page.locator("#vg-tooltip-element.visible");
    await tooltip.waitFor();
    return {
      box,
      title: await tooltip.locator("h2").textContent(),
      rows: await tooltip
        .locator("tr")
        .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent?.trim()))),
    };
  }

  const rules = (page: Page) =>
    page
      .locator("svg .mark-rule.role-mark line")
      .evaluateAll((lines) =>
        lines
          .filter((line) => getComputedStyle(line).opacity !== "0")
          .map((line) => Math.round(line.getBoundingClientRect().x)),
      );

  const values = (run: number) => Array.from({ length: 101 }, (_, i) => (run + 1) * 10 + Math.cos(i / 9));

  it("list every run's logged value at the pointer's step, under a rule, whatever smoothing is chosen", async () => {
    const names = ["first", "image", "7"];
    const page = await shown(
      labelled(names.map((name, i) => exampleRun(name, { "train/loss": series(values(i)) }))),
    );
    const smoothing = page.getByLabel("smoothing");
    expect(await smoothing.locator("option:checked").textContent()).toBe("usual");
    for (const level of ["usual", "0.99"]) {
      await smoothing.selectOption({ label: level });
      for (const across of [0.003, 0.5, 0.997]) {
        const { title, rows, box } = await pointedAt(page, [across, 0.5]);
        const step = Number(
          (level === "usual" ? /^step (\d+)$/ : /^step (\d+): raw values$/).exec(title ?? "")?.[1],
        );
        // A step of a hundred is two pixels wide; the places lie at most nine apart.
        expect(Math.abs(step - across * 100)).toBeLessThan(3);
        expect(rows.map(([name]) => name)).toEqual(names);
        for (const [i, [, told]] of rows.entries()) {
          const [value, smoothed] = (told ?? "").split(", smoothed ");
          expect(Number(value)).toBeCloseTo(values(i)[step] as number, 3);
          expect(smoothed !== undefined).toBe(level === "usual");
          if (smoothed !== undefined) expect(Math.abs(Number(smoothed) - Number(value))).toBeLessThan(0.5);
        }
        const [rule, ...others] = await rules(page);
        expect(others).toEqual([]);
        expect(Math.abs((rule as number) - (box.x + (step / 100) * box.width))).toBeLessThan(2);
      }
    }
    await page.mouse.move(5, 790);
    await expect.poll(() => page.locator("#vg-tooltip-element.visible").count()).toBe(0);
    await expect.poll(() => rules(page)).toEqual([]);
    await page.close();
  });

  it("list of many runs those around the one pointed at", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `run-${i}`);
    const page = await shown(
      labelled(names.map((name, i) => exampleRun(name, { "train/loss": series(values(i)) }))),
    );
    const numbers = async (down: number) => {
      const { rows } = await pointedAt(page, [0.5, down]);
      expect(rows.at(-1)).toEqual(["not listed", `${31 - rows.length} lines farther from the pointer`]);
      return rows.slice(0, -1).map(([name]) => Number(name?.replace("run-", "")));
    };
    const [top, middle, foot] = [await numbers(0.02), await numbers(0.5), await numbers(0.98)];
    expect(top).toContain(29);
    expect(top).not.toContain(15);
    expect(middle).toHaveLength(12);
    expect(middle).toEqual(expect.arrayContaining([14, 15]));
    expect(foot).toContain(0);
    expect(foot).not.toContain(15);
    await page.close();
  });

  it("show names and tags as text, whatever stands in them", async () => {
    const evil = [
      `</script><img src=x onerror="window.attacked=1">`,
      `<b>bold</b>"+alert(1)+"`,
      `\\"]}),(window.attacked=2)//`,
      `\${window.attacked=3}'\u2028\u202e\u{1f600}`,
    ];
    const page = await shown(
      labelled(evil.map((name, i) => exampleRun(name, { [`${evil[0]}/x`]: series(values(i)) }))),
    );
    const { rows } = await pointedAt(page, [0.5, 0.5]);
    expect(rows.map(([, value]) => Math.round(Number.parseFloat(value ?? "") / 10))).toEqual([1, 2, 3, 4]);
    expect(rows[1]?.[0]).toContain("<b>");
    expect(await page.locator("#vg-tooltip-element b, #vg-tooltip-element img, #chart img").count()).toBe(0);
    expect(await page.locator("svg text", { hasText: "<b>bold</b>" }).count()).toBe(1);
    expect(
      await page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked),
    ).toBeUndefined();
    await page.close();
  });

  it("of values that are not finite stand above those of lines", async () => {
    const broken = [...values(0).slice(0, 50), Number.NaN, ...values(0).slice(51)];
    const page = await shown(
      labelled([
        exampleRun("broken", { "train/loss": series(broken) }),
        exampleRun("whole", { "train/loss": series(values(1)) }),
      ]),
    );
    const mark = page.locator(`svg .mark-symbol.role-mark path[fill="${alarm}"]`);
    await mark.hover();
    const tooltip = page.locator("#vg-tooltip-element.visible");
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toContain("NaN");
    await page.close();
  });

  it.each([undefined, "dark"] as const)(
    "are light on dark in a page of theme %s, and readable",
    async (theme) => {
      const page = await shown(
        labelled(["a", "b"].map((name, i) => exampleRun(name, { "train/loss": series(values(i)) }))),
        theme,
      );
      await pointedAt(page, [0.5, 0.5]);
      const box = page.locator("#vg-tooltip-element");
      const ground = await box.evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(Math.max(...(ground.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number))).toBeLessThan(60);
      const { count, pale } = await readTexts(box);
      expect(count).toBe(5);
      expect(pale).toEqual([]);
      await page.close();
    },
  );

  it("threw nothing", () => {
    expect(errors).toEqual([]);
  });
});
