/** What a model gets wrong, in JupyterLab with a real kernel: pictures with their labels, of an evaluation and of a board. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { type Lab, startLab } from "./lab.js";
import { type LabPage, openNotebook } from "./labPage.js";
import { writeNotebook } from "./notebook.js";

/** Every sample is taken for a dog; the brighter its first pixel, the more surely. */
const cells = [
  `import { data, evaluate, tf, track } from "tunelab";
const brightness = [0.2, 0.8, 0.4];
const x = brightness.map((value) => [[[value], [0]], [[0], [1]]]);
const pets = data.arrays({ x, y: [0, 0, 0], classes: 2 });
const weights = [tf.tensor2d([[0, 4], [0, 0], [0, 0], [0, 0]]), tf.tensor1d([0, 0.5])];
const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] }), tf.layers.dense({ units: 2, weights })] });`,
  `const judged = await evaluate(model, pets.train, { classNames: ["<img src=x onerror=attacked()>", "dog"] });
judged`,
  `const run = track({ name: "pets" });
await run.evaluation(judged, { name: "test", images: pets.train });
run.name`,
  `%board pets --kind evaluation`,
];
const [evaluationCell, boardCell] = [1, 3];

describe.skipIf(skipWithoutChromium())("an evaluation in JupyterLab", () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-evaluation-"));
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  let notebook: LabPage;

  beforeAll(async () => {
    writeNotebook(join(folder, "pets.ipynb"), cells);
    lab = await startLab(folder);
    browser = await launchChromium();
    // High enough for all cells: JupyterLab takes those out of sight from the page.
    const page = await browser.newPage({ viewport: { width: 1280, height: 3000 } });
    notebook = await openNotebook(page, lab.open("pets.ipynb"));
    await notebook.runAll();
  });

  afterAll(async () => {
    await browser?.close();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a screen reader says of each picture, in their order. */
  const descriptions = (images: Locator) =>
    images.evaluateAll((found) => found.map((one) => one.getAttribute("aria-label")));

  /** Red of the top left pixel of each picture, as the browser decodes it. */
  const firstPixels = (images: Locator) =>
    images.evaluateAll((found) =>
      Promise.all(
        found.map(async (one) => {
          const address = one.getAttribute("href") ?? one.getAttribute("xlink:href") ?? "";
          const image = new Image();
          image.src = address;
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const context = canvas.getContext("2d")!;
          context.drawImage(image, 0, 0);
          return [image.naturalWidth, image.naturalHeight, context.getImageData(0, 0, 1, 1).data[0]];
        }),
      ),
    );

  test.each([
    ["as a cell's last expression", evaluationCell],
    ["on a board of its run", boardCell],
  ])("shows the worst mistakes as pictures, %s", async (_, cell) => {
    const output = notebook.output(cell);
    const images = output.locator("svg .mark-image image");
    await images.first().waitFor({ state: "attached" });
    // By a softmax over [0, 0.5 + 4 v]: 97.6, 89.1 and 78.6 %.
    expect(await descriptions(images)).toEqual(
      ["98 %", "89 %", "79 %"].map(
        (share) => `✗ true <img src=x onerror=attacked()>, predicted dog, ${share}`,
      ),
    );
    expect(await firstPixels(images)).toEqual([
      [2, 2, Math.round(255 * 0.8)],
      [2, 2, Math.round(255 * 0.4)],
      [2, 2, Math.round(255 * 0.2)],
    ]);
    await output.locator("svg text", { hasText: "✗ true <img" }).first().waitFor();
    expect(await output.locator("img").count()).toBe(0);
  });
});
