/** The quickstart notebook, executed twice in fresh kernels, the second time by nbval: what it shows, and that it is the same each time. */
import type { SpawnSyncReturns } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../src/cli/checkout.js";
import { runNotebook } from "../../src/cli/runNotebook.js";
import { findSweeps } from "../../src/sweep/findSweeps.js";
import { readSweep } from "../../src/sweep/readSweep.js";
import { findRuns, type RunData, readRun } from "../../src/track/index.js";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { drawnMarks, drawnTexts } from "./drawnMarks.js";
import { jupyterPrograms } from "./jupyterPrograms.js";
import { type Lab, startLab } from "./lab.js";
import { openNotebook } from "./labPage.js";
import { readOutputs } from "./notebook.js";

const name = "01-quickstart.ipynb";
/** Places of its code cells, counted from 0. */
const cell = {
  failing: 1,
  board: 2,
  doctor: 3,
  sweep: 5,
  sweepBoard: 6,
  cured: 7,
  curedDoctor: 8,
  test: 9,
  use: 10,
};
const folders: string[] = [];

/** Executes a copy in an empty folder of its own; the executed notebook replaces the copy. */
async function execute(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-quickstart-"));
  folders.push(folder);
  const file = join(folder, name);
  copyFileSync(join(root, "notebooks", name), file);
  const failure = await runNotebook({ source: file, target: file, timeout: 600 });
  expect(failure).toBeUndefined();
  return folder;
}

function run(folder: string, called: string): RunData {
  return readRun(findRuns([called], { dir: join(folder, "runs") }).at(-1) ?? "");
}

function sweepOf(folder: string) {
  return readSweep(findSweeps(undefined, join(folder, "sweeps")).at(-1) ?? "");
}

const programs = jupyterPrograms();

/** nbval executes it again, in a folder of its own, and compares each output with the first one. */
function compare(executed: string): SpawnSyncReturns<string> {
  copyFileSync(join(executed, name), join(programs.folder, name));
  const plugins = ["-p", "tunelab_jupyter.nbval", "-p", "no:cacheprovider"];
  return programs.run("pytest", "--nbval", ...plugins, "--nbval-cell-timeout=600", "-q", name);
}

let first: string;
let second: string;
let compared: SpawnSyncReturns<string>;
beforeAll(async () => {
  first = await execute();
  compared = compare(first);
  second = programs.folder;
}, 1_200_000);
afterAll(() => {
  programs.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const texts = (index: number) =>
  (readOutputs(join(first, name))[index] ?? [])
    .map(({ data, text }) => text ?? String(data?.["text/plain"] ?? ""))
    .join("\n");

describe("what it shows", () => {
  test("the deep sigmoid network does not learn, and the doctor says why and what to do", () => {
    const accuracy = run(first, "deep-sigmoid").scalars.get("epoch/valAccuracy")?.values ?? [];
    expect(Math.max(...accuracy)).toBeLessThan(0.2);
    expect(texts(cell.doctor)).toMatch(/VanishingGradient in hidden_1/);
    expect(texts(cell.doctor)).toMatch(/evidence:\n.*hidden_1.*threshold/);
    expect(texts(cell.doctor)).toMatch(/what to do:\n.*ReLU.*\n.*models\.mlp\(/);
  });

  test.each(["board", "sweepBoard"] as const)("%s is one bundle of four kinds, at most 1 MB", (which) => {
    const data = readOutputs(join(first, name))[cell[which]]?.at(-1)?.data ?? {};
    const kinds = ["application/vnd.vegalite.v5+json", "image/png", "image/svg+xml", "text/plain"];
    expect(Object.keys(data).sort()).toEqual(kinds);
    expect(JSON.stringify(data).length).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
  });

  test("the sweep makes at least 12 trials, prunes some, and its table has them all", () => {
    const { trials, best } = sweepOf(first);
    expect(trials.length).toBeGreaterThanOrEqual(12);
    expect(trials.every(({ state }) => state === "complete" || state === "pruned")).toBe(true);
    expect(trials.some(({ state }) => state === "pruned")).toBe(true);
    for (const { number, state } of trials) {
      const shown = number === best?.number ? "best" : state;
      expect(texts(cell.sweep)).toMatch(new RegExp(`^ *${number} +${shown} `, "m"));
    }
    for (const parameter of ["units", "activation", "initializer", "dropout", "lr", "weightDecay"]) {
      expect(texts(cell.sweep)).toContain(parameter);
    }
  });

  test("the best model reads at least 97.5 % of the test images, and the doctor finds nothing", () => {
    const accuracy = Number(/^accuracy ([\d.]+) %/.exec(texts(cell.test))?.[1]);
    expect(accuracy).toBeGreaterThanOrEqual(97.5);
    expect(texts(cell.curedDoctor)).not.toMatch(/\(error\)/);
  });

  test("the saved model is loaded and used", () => {
    const [read = [], truth = []] = [...texts(cell.use).matchAll(/: +((?:\d ){9}\d)/g)].map(([, row]) =>
      row?.split(" "),
    );
    expect(truth).toEqual(["7", "2", "1", "0", "4", "1", "4", "9", "5", "9"]);
    expect(read.filter((digit, i) => digit === truth[i]).length).toBeGreaterThanOrEqual(8);
  });

  test("the machine that made the numbers stands in run.json", () => {
    const text = readFileSync(join(run(first, "mnist-best").dir, "run.json"), "utf8");
    const { environment } = JSON.parse(text) as { environment: Record<string, unknown> };
    expect(JSON.stringify(environment)).toMatch(/thread/i);
    expect(JSON.stringify(environment)).toMatch(/oneDNN/i);
    expect(JSON.stringify(environment)).toMatch(/flags/i);
  });
});

describe("executed again in a fresh kernel", () => {
  test("nbval finds no output that differs", () => {
    expect(compared.status, compared.stdout).toBe(0);
    expect(compared.stdout.trimEnd().split("\n").at(-1)).toMatch(/^11 passed\b/);
  });

  test.each(["deep-sigmoid", "mnist-best"])("%s has the same scalars to the last digit", (called) => {
    const [one, two] = [run(first, called).scalars, run(second, called).scalars];
    expect([...two.keys()]).toEqual([...one.keys()]);
    for (const [tag, { steps, values }] of one) {
      expect([...(two.get(tag)?.steps ?? [])]).toEqual([...steps]);
      expect([...(two.get(tag)?.values ?? [])]).toEqual([...values]);
    }
  });

  test("the sweep proposes, prunes and measures the same", () => {
    const told = (folder: string) =>
      sweepOf(folder).trials.map(({ number, state, params, value }) => ({ number, state, params, value }));
    expect(told(second)).toEqual(told(first));
  });
});

describe.skipIf(skipWithoutChromium())("opened in JupyterLab", () => {
  let lab: Lab | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    lab = await startLab(first);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
  });

  test("its boards are drawn with the logged values and every trial", async () => {
    const page = await browser!.newPage({ viewport: { width: 1280, height: 1400 } });
    const notebook = await openNotebook(page, lab!.open(name));
    expect(await notebook.inkedPixels(cell.board)).toBeGreaterThan(10_000);
    const marks = drawnMarks(await notebook.chartSvg(cell.board));
    const logged = run(first, "deep-sigmoid").scalars.get("epoch/valLoss");
    for (const [i, value] of [...(logged?.values ?? [])].entries()) {
      const drawn = marks.filter(
        (mark) => mark.set === "validation" && mark.epoch === String(logged?.steps[i]),
      );
      expect(drawn.some((mark) => Math.abs(Number(mark.value) - value) <= 1e-6 * value)).toBe(true);
    }
    const sweepTexts = drawnTexts(await notebook.chartSvg(cell.sweepBoard));
    expect(sweepTexts).toEqual(expect.arrayContaining(["lr", "units", "activation"]));
    const picture = process.env.TUNELAB_PICTURE;
    if (picture) {
      await notebook.output(cell.board).scrollIntoViewIfNeeded();
      await page.screenshot({ path: picture });
    }
  });
});
