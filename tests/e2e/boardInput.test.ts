/** The served page on what runs may hold at worst: it says so, draws what can be drawn, and runs nothing it was given. */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board } from "../../src/board/board.js";
import { runColours } from "../../src/board/palette.js";
import { ConfusionMatrix } from "../../src/evaluate/confusionMatrix.js";
import { Evaluation } from "../../src/evaluate/evaluation.js";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, series } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, drawnCard, lineHeights, servedDesk } from "./servedBoard.js";

const evil = `</script><img src=x onerror="window.attacked=1"><b>'\\"\u202e\u{1f600}`;
const script = `<script>window.attacked=2</script>`;
const { NaN: nan } = Number;

function judged(classNames: readonly string[]): Evaluation {
  const labels = Int32Array.of(0, 1);
  const predictions = Int32Array.of(1, 1);
  return new Evaluation({
    labels,
    predictions,
    losses: Float32Array.of(2, 0.1),
    confidences: Float32Array.of(0.9, 0.9),
    probabilities: Float32Array.of(0.1, 0.9, 0.1, 0.9),
    confusionMatrix: new ConfusionMatrix(labels, predictions, { classNames }),
  });
}

const inputs = {
  "in/none": [],
  "in/one": [3],
  "in/nan": [nan, nan, nan],
  "in/negative": [-5, -1, 0, 40_000],
  "in/huge": [1e300, -1e300, 1e299, 5],
  "in/some": [1, nan, 3, 4, Number.POSITIVE_INFINITY, 2],
} as const;

describe.skipIf(skipWithoutChromium())("a served board of odd runs", () => {
  let desk: Desk;
  let dir = "";
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      const scalars = Object.fromEntries(
        Object.entries(inputs).map(([tag, values]) => [tag, series(values)]),
      );
      dir = writeRun(
        exampleRun("odd", { ...scalars, "in/steps": series([1, 2, 3, 2.5, 9, 7], [0, 1, 2, 1, 2, 2]) }),
        folder,
      );
      writeRun(exampleRun("empty", {}), folder);
      writeRun(
        exampleRun(
          evil,
          { [evil]: series([1, 3, 2]), [`in/${script}`]: series([1, 2]) },
          {},
          { config: { [script]: evil } },
        ),
        folder,
      );
      const times = [100, 50, 75, 20];
      let call = 0;
      const clock = { wallTime: () => 1_760_000_000 + (times[call++ % times.length] as number) };
      const backwards = openRun({ name: "backwards", dir: folder, sources: [], clock });
      for (let step = 0; step < 40; step++) backwards.log({ "in/clock": step }, step);
      backwards.finish("finished");
    });
  });
  afterAll(() => desk.close());

  const told = async (hash: string, tag: string) => {
    const page = await desk.open({ hash });
    const card = await drawnCard(page, tag);
    const text = await card.locator(".plot").getAttribute("aria-label");
    // The one whose clock goes backwards counts as the oldest.
    const columns = (await lineHeights(card, runColours[1])).size;
    await page.close();
    return { text, columns };
  };

  it("draws each of them, on each axis and scale", async () => {
    for (const hash of ["#y=log", "#y=linear", "#x=wall", "#x=relative&y=auto"]) {
      const page = await desk.open({ hash });
      for (const tag of ["in/one", "in/nan", "in/negative", "in/huge", "in/some", "in/steps", "in/clock"])
        await drawnCard(page, tag);
      await page.close();
    }
    expect(desk.errors).toEqual([]);
  });

  it("says what they hold", async () => {
    expect((await told("", "in/nan")).text).toContain("odd: no finite value");
    expect((await told("", "in/huge")).text).toContain("from -1e300 to 1e300");
    expect((await told("", "in/steps")).text).toContain("odd: 7 at step 2");
    const one = await told("", "in/one");
    expect(one.text).toContain("odd: 3 at step 0");
    expect(one.columns).toBeGreaterThan(3);
    const negative = await told("#y=log&smoothing=0", "in/negative");
    expect(negative.columns).toBeGreaterThan(150);
    const page = await desk.open();
    await page.getByText("No points yet: empty").waitFor();
    await page.close();
  });

  it("runs nothing of what runs and tags are called", async () => {
    const page = await desk.open();
    const card = await drawnCard(page, evil);
    await card.locator(".u-over").hover({ position: { x: 100, y: 60 } });
    await page.getByLabel("colour by").selectOption({ index: 1 });
    await card.locator(".downloads summary").click();
    expect(await page.locator("nav li", { hasText: evil }).count()).toBe(1);
    expect(await page.locator("main img, main b, nav img, nav b, main script").count()).toBe(0);
    const attacked = () => page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked);
    expect(await attacked()).toBeUndefined();
    await page.goto(
      `${desk.served.url}#tags=${encodeURIComponent(evil)}&colour=${encodeURIComponent(script)}`,
    );
    await page.reload();
    expect(await attacked()).toBeUndefined();
    await page.close();
  });

  it("shows tables as tables and sounds as players, and runs nothing that stands in them", async () => {
    const served = await servedDesk(
      (folder) => {
        const run = openRun({ name: `media ${evil}`, dir: folder, sources: [] });
        run.table(evil, [{ [script]: evil, n: 1.5 }, { n: 2 }], 3);
        run.audio(`a ${evil}`, new Float32Array(4000), { sampleRate: 8000 }, 3);
        run.text(`t ${evil}`, script);
        void run.evaluation(judged([evil, script]), {
          name: `e ${evil}`,
          step: 3,
          images: { name: "two", size: 2, inputShape: [2, 2], x: Float32Array.of(0, 1, 1, 0, 0, 0, 1, 1) },
        });
        run.finish();
      },
      { kind: ["tables", "audio", "text", "evaluation", "images"] },
    );
    try {
      const page = await served.open();
      const table = page.getByRole("figure", { name: evil, exact: true });
      await table.locator("td.number", { hasText: "1.5" }).waitFor();
      expect(await table.locator("th").allTextContents()).toEqual([script, "n"]);
      expect(await table.locator("td").first().textContent()).toBe(evil);
      const player = page.locator("audio");
      await player.waitFor();
      await expect
        .poll(() => player.evaluate((audio) => (audio as unknown as { duration: number }).duration))
        .toBe(0.5);
      expect(await page.locator(".sounds li span").textContent()).toBe("step 3: 0.5 s, 8,000 Hz");
      for (const [name, text] of [
        [/: step 3$/, "</script><img"],
        ["worst mistakes", "said <script>window"],
        [/^mistakes of media/, "✗ true </sc"],
        [/^mistakes of media/, "predicted <sc"],
      ] as const) {
        const card = page.getByRole("figure", { name });
        await card.scrollIntoViewIfNeeded();
        await card.locator("svg text", { hasText: text }).first().waitFor();
      }
      expect(await page.locator("main img, main b, main script").count()).toBe(0);
      expect(
        await page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked),
      ).toBeUndefined();
      expect(served.errors).toEqual([]);
    } finally {
      await served.close();
    }
  });

  it("stays up while a folder is copied, renamed, torn and deleted", async () => {
    const page = await desk.open();
    const names = async () => (await page.locator("nav li").allTextContents()).sort();
    await expect.poll(async () => (await names()).length).toBe(4);
    const copy = join(dirname(dir), "copy-of-it");
    cpSync(dir, copy, { recursive: true });
    await expect.poll(async () => (await names()).length).toBe(5);
    const askedAnew = page.waitForResponse((response) => response.url().endsWith("/ask/catalogue"));
    renameSync(copy, `${copy}-renamed`);
    await askedAnew;
    await expect.poll(async () => (await names()).length).toBe(5);
    mkdirSync(join(dirname(dir), "torn"));
    writeFileSync(join(dirname(dir), "torn", "run.json"), '{"schemaVersion":');
    rmSync(`${copy}-renamed`, { recursive: true });
    await expect.poll(async () => (await names()).length).toBe(4);
    expect(await page.locator("[role=alert]").count()).toBe(0);
    await page.close();
  });

  it("shows as a file the same, without a network", async () => {
    const file = await (await board([dir], { runsDir: desk.folder })).writeHtml(
      join(desk.folder, "page.html"),
    );
    const page = await desk.open({ url: "about:blank" });
    await page.context().setOffline(true);
    await page.goto(`file://${file}`);
    const card = await drawnCard(page, "in/some");
    expect(await card.locator(".plot").getAttribute("aria-label")).toContain("odd: 2 at step 5");
    await card.locator(".u-over").hover({ position: { x: 100, y: 60 } });
    await card.locator(".tooltip").waitFor();
    await page.close();
  });

  it("says when its server is gone, and shows what it had", async () => {
    const page = await desk.open({ hash: "#tags=some" });
    await drawnCard(page, "in/some");
    await desk.served.close();
    await page.getByText("not connected").waitFor();
    await page.getByRole("alert").waitFor();
    expect(await page.locator(".card canvas").count()).toBe(1);
    await page.close();
  });
});
