/** JupyterLab 4.6 and Notebook 7 in a real Chromium: typing, completing, inspecting, interrupting, running all anew. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, skipWithoutChromium } from "./chromium.js";
import { type Lab, startLab, startNotebook } from "./lab.js";
import { writeNotebook } from "./notebook.js";
import { type NotebookDesk, openDesk } from "./notebookDesk.js";

const cells = ["let seen = 7, smile = 'wide';", "", "", "", "seen"];
/** A fault of Notebook 7.6's own, when it loads its settings; it is there with any kernel. */
const notOurs = /reading 'schema'/;

describe.skipIf(skipWithoutChromium()).each([
  ["JupyterLab", startLab],
  ["Notebook 7", startNotebook],
])("%s", (name, start) => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-front-"));
  let server: Lab | undefined;
  let browser: Browser | undefined;
  let desk: NotebookDesk;

  beforeAll(async () => {
    writeNotebook(join(folder, "desk.ipynb"), cells);
    [server, browser] = await Promise.all([start(folder), launchChromium()]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    desk = await openDesk(page, server.open("desk.ipynb"));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A picture of the page, where one is asked for. */
  async function picture(of: string) {
    const into = process.env.TUNELAB_PICTURES;
    if (into) await desk.page.screenshot({ path: join(into, `${name.replace(" ", "-")}-${of}.png`) });
  }

  test("what is typed runs and shows its value", async () => {
    await desk.type(
      1,
      "/** Doubles a rate. */ function doubled(rate: number): number { return 2 * rate; } doubled(4)",
    );
    await desk.run(1);
    await expect.poll(() => desk.output(1)).toBe("8");
  });

  test.each([
    ["the name of an earlier cell", "doub", "doubled", "doubled"],
    ["behind an emoji", 'const face = "😀"; doub', "doubled", 'const face = "😀"; doubled'],
    ["a member", "smile.toUpper", "toUpperCase", "smile.toUpperCase"],
    ["a magic", "%boa", "%board", "%board"],
    ["a magic's option", "%board --ki", "--kind", "%board --kind"],
  ])("Tab completes %s", async (what, typed, item, code) => {
    await desk.type(2, typed);
    await desk.page.keyboard.press("Tab");
    const shown = desk.page.locator(".jp-Completer-item", { hasText: item });
    await shown.first().waitFor();
    await picture(`complete ${what}`);
    await desk.page.keyboard.press("Enter");
    await expect.poll(() => desk.code(2)).toBe(code);
  });

  test("Shift-Tab shows the signature and what the comment says", async () => {
    await desk.type(2, "doubled(");
    await desk.page.keyboard.press("Shift+Tab");
    const tooltip = desk.page.locator(".jp-Tooltip");
    await expect
      .poll(() => tooltip.textContent())
      .toMatch(/doubled\(rate: number\): number\s*Doubles a rate\./);
    await picture("inspect");
    await desk.dismiss(2);
  });

  test("the button interrupts an endless loop, and variables are kept", async () => {
    await desk.type(2, 'console.log("turn" + "ing"); while (true) seen++;');
    await desk.cell(2).locator(".cm-content").press("Control+Enter");
    await expect.poll(() => desk.output(2)).toContain("turning");
    await desk.press("interrupt");
    await desk.prompt(2, /\[\d+\]/);
    await expect.poll(() => desk.output(2)).toContain("KeyboardInterrupt");
    await picture("interrupted");
    await desk.run(4);
    await expect.poll(async () => Number(await desk.output(4))).toBeGreaterThan(1000);
  });

  test("a type error is shown with its line, and what waits behind it is not run", async () => {
    await desk.type(2, 'const count: number = "many";');
    await desk.type(3, 'throw new RangeError("never");');
    await desk.press("restart-and-run");
    await desk.page.locator(".jp-Dialog .jp-mod-accept").click();
    const refusal = "Type 'string' is not assignable to type 'number'.";
    await expect.poll(() => desk.output(2)).toContain(refusal);
    await picture("error");
    // A cell that did not run has no number.
    await desk.prompt(3, /\[\s*\]/);
    expect(await desk.output(3)).toBe("");
  });

  test("restart and run all begins anew", async () => {
    await desk.type(2, "seen += 1;");
    await desk.type(3, 'console.log("run");');
    await desk.press("restart-and-run");
    await desk.page.locator(".jp-Dialog .jp-mod-accept").click();
    await desk.prompt(4, /\[5\]/);
    await expect.poll(() => desk.output(4)).toBe("8");
    await expect.poll(() => desk.output(3)).toBe("run\n");
    await picture("restarted");
  });

  test("nothing is broken: no dialog, no fault of the page, no widget that could not be shown", async () => {
    const loaded = await desk.page.evaluate(() =>
      performance.getEntriesByType("resource").map((resource) => resource.name),
    );
    // The tests' environment has the extension for widgets, which asks each kernel for its widgets.
    expect(loaded.some((address) => address.includes("jupyter-widgets"))).toBe(start === startNotebook);
    expect(await desk.page.locator(".jp-Dialog").count()).toBe(0);
    expect(await desk.page.locator(".jp-Notebook").first().textContent()).not.toMatch(/widget|model/i);
    expect(desk.complaints.filter((text) => !notOurs.test(text))).toEqual([]);
  });
});
