/** The served page through jupyter-server-proxy itself, under another host's name, alone and in a frame in JupyterLab. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Lab, startProxyingServer } from "./lab.js";
import { type Desk, servedDesk } from "./servedBoard.js";

const base = "/user/me/";

describe.skipIf(skipWithoutChromium())("a served board through jupyter-server-proxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-proxied-"));
  let desk: Desk;
  let lab: Lab;
  /** Of the Jupyter server by its own address, and by a name that is not this machine's: `*.localhost` leads to loopback. */
  let hosts: { readonly own: string; readonly hub: string };
  beforeAll(async () => {
    lab = await startProxyingServer(folder, base);
    desk = await servedDesk((runs) => {
      writeRun(exampleRun("first", { "train/rise": series([1, 2, 3]) }), runs);
      writeRun(exampleRun("second", { "train/rise": series([3, 2, 1]), other: series([1, 5]) }), runs);
      writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), runs);
    });
    const { port } = new URL(lab.url);
    hosts = { own: `http://127.0.0.1:${port}${base}`, hub: `http://hub.localhost:${port}${base}` };
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As a person does: the token into Jupyter's form of login, which leaves a cookie. */
  async function login(host: string): Promise<Page> {
    const page = await desk.open({ url: `${host}login?next=${base}api/status` });
    await page.locator("#password_input").fill(lab.token);
    await page.locator("#login_submit").click();
    await page.waitForURL(/api\/status$/);
    return page;
  }

  const boardPath = () => {
    const { port, search } = new URL(desk.served.url);
    return `proxy/${port}/${search}`;
  };

  /** Logs to a run of this name, and sees the chart of `train/rise` take each of two values up. */
  async function follows(view: Page | FrameLocator, name: string): Promise<void> {
    const plot = view.locator('.section .card[data-tag="train/rise"] .plot').first();
    const run = openRun({ name, dir: desk.folder, sources: [] });
    for (const value of [7, 8]) {
      run.log({ "train/rise": value }, value);
      await expect
        .poll(() => plot.getAttribute("aria-label"))
        .toContain(`${name}: ${value} at step ${value}`);
    }
    run.finish("finished");
    await view.locator("nav li", { hasText: new RegExp(`^${name}$`) }).waitFor();
  }

  for (const name of ["own", "hub"] as const)
    it(`draws and follows its runs under ${name === "own" ? "this machine's address" : "another name"}`, async () => {
      const page = await login(hosts[name]);
      await page.goto(hosts[name] + boardPath());
      await page.locator('.card[data-tag="train/rise"] canvas').waitFor();
      const panel = page.locator(".card.panel").first();
      await panel.scrollIntoViewIfNeeded();
      await panel.locator("svg.marks").waitFor();
      await follows(page, `live ${name}`);
      // The address without the token is enough only where a cookie may stand for it.
      await page.reload();
      await page.locator('.card[data-tag="train/rise"] canvas').waitFor();
      expect(new URL(page.url()).search === "").toBe(name === "own");
      await page.close();
      expect(desk.errors).toEqual([]);
    });

  it("opens a link to what somebody has chosen", async () => {
    const page = await login(hosts.hub);
    await page.goto(`${hosts.hub}${boardPath()}#tags=other&hide=first`);
    await page.locator('.card[data-tag="other"] canvas').waitFor();
    expect(await page.locator('.card[data-tag="train/rise"]').count()).toBe(0);
    expect(await page.inputValue("#tags")).toBe("other");
    const ticked = (name: string) => page.locator("nav li", { hasText: name }).locator("input").isChecked();
    expect([await ticked("first"), await ticked("second")]).toEqual([false, true]);
    await page.close();
    expect(desk.errors).toEqual([]);
  });

  it("stands in a frame of JupyterLab's page, and follows its runs there", async () => {
    const page = await login(hosts.hub);
    await page.goto(`${hosts.hub}lab`);
    await page.locator(".jp-LabShell").waitFor();
    const errors = desk.errors.length;
    await page.evaluate((address) => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { src: address, id: "framed-board" });
      Object.assign(frame.style, {
        position: "fixed",
        inset: "0",
        width: "1200px",
        height: "800px",
        zIndex: "99",
      });
      document.body.append(frame);
    }, base + boardPath());
    const frame = page.frameLocator("#framed-board");
    await frame.locator('.card[data-tag="train/rise"] canvas').waitFor();
    await follows(frame, "live framed");
    await page.close();
    expect(desk.errors.slice(errors)).toEqual([]);
  });

  it("is shown to nobody who is not logged in to Jupyter, nor without the board's token", async () => {
    const stranger = await fetch(hosts.own + boardPath(), { redirect: "manual" });
    expect(stranger.status).toBe(302);
    const page = await login(hosts.hub);
    const answer = await page.goto(`${hosts.hub}proxy/${desk.served.port}/`);
    expect(answer?.status()).toBe(421);
    expect(await page.textContent("body")).toContain("open the address that tunelab printed");
    await page.close();
  });
});
