/** JupyterLab in a real Chromium: a notebook is opened, run by its menu, and its chart looked at. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRuns, type RunData, readRun } from "../../src/track/index.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { drawnMarks, drawnTexts } from "./drawnMarks.js";
import { type Lab, startLab } from "./lab.js";
import { type LabPage, openNotebook } from "./labPage.js";
import { writeNotebook } from "./notebook.js";
import { spine } from "./spine.js";

/** The cell of `spine` that draws the board. */
const boardCell = 2;

describe.skipIf(skipWithoutChromium())("JupyterLab in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-lab-"));
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  let notebook: LabPage;
  let run: RunData;

  beforeAll(async () => {
    writeNotebook(join(folder, "spine.ipynb"), spine);
    lab = await startLab(folder);
    browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    notebook = await openNotebook(page, lab.open("spine.ipynb"));
    await notebook.runAll();
    run = readRun(findRuns(["spine"], { dir: join(folder, "runs") }).at(-1) ?? "");
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("draws the board: not blank, and its points are the logged ones", async () => {
    expect(await notebook.inkedPixels(boardCell)).toBeGreaterThan(1000);

    const marks = drawnMarks(await notebook.chartSvg(boardCell));
    for (const [tag, set] of [
      ["epoch/loss", "training"],
      ["epoch/valLoss", "validation"],
      ["epoch/accuracy", "training"],
      ["epoch/valAccuracy", "validation"],
    ] as const) {
      const logged = run.scalars.get(tag);
      const values = [...(logged?.values ?? [])];
      expect(values).toHaveLength(3);
      const drawn = marks.filter(
        (mark) => mark.set === set && mark.value !== undefined && mark.run === "spine",
      );
      for (const [i, value] of values.entries()) {
        const here = drawn.filter(({ epoch }) => epoch === String(logged?.steps[i]));
        expect(
          here
            .map((mark) => Number(mark.value))
            .some((seen) => Math.abs(seen - value) <= 1e-6 * Math.abs(value)),
        ).toBe(true);
      }
    }
  });

  test("draws a point for every logged step", async () => {
    const marks = drawnMarks(await notebook.chartSvg(boardCell));
    const logged = run.scalars.get("train/loss");
    const values = [...(logged?.values ?? [])];
    const drawn = marks.filter(({ step, value }) => step !== undefined && value !== undefined);
    const found = values.filter((value, i) =>
      drawn.some(
        (mark) =>
          mark.step === String(logged?.steps[i]) && Math.abs(Number(mark.value) - value) <= 1e-6 * value,
      ),
    );
    expect(values.length).toBe(36);
    expect(found).toEqual(values);
  });

  test("draws one ridge for each sampled histogram of each layer's gradients", async () => {
    const svg = await notebook.chartSvg(boardCell);
    const kernels = [...run.histograms.keys()].filter(
      (tag) => tag.startsWith("gradients") && tag.endsWith("/kernel"),
    );
    expect(kernels.length).toBeGreaterThan(0);
    const ridges = svg.match(/class="mark-area role-mark/g) ?? [];
    const steps = run.histograms.get(kernels[0] ?? "")?.length ?? 0;
    expect(ridges).toHaveLength(2 * steps);
  });

  test("names runs, layers and axes", async () => {
    const texts = drawnTexts(await notebook.chartSvg(boardCell));
    expect(texts).toEqual(
      expect.arrayContaining(["spine", "loss", "accuracy", "epoch", "step", "hidden_1", "output"]),
    );
  });

  test("shows the diagnosis", async () => {
    expect(await notebook.output(3).textContent()).toContain("spine");
  });
});
