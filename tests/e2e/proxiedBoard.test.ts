/** The served page behind a proxy, in another page's frame, as jupyter-server-proxy shows it under another host's name. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/track/openRun.js";
import { exampleRun, series, trainingRun } from "../src/board/exampleRuns.js";
import { writeRun } from "../src/board/writtenRuns.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, servedDesk } from "./servedBoard.js";

describe.skipIf(skipWithoutChromium())("a served board behind a proxy", () => {
  let desk: Desk;
  let proxy: Server;
  beforeAll(async () => {
    desk = await servedDesk((folder) => {
      writeRun(exampleRun("first", { "train/rise": series([1, 2, 3]) }), folder);
      writeRun(trainingRun("deep", { decay: 0.3, layers: 3, epochs: 1 }), folder);
    });
    const { port, search } = new URL(desk.served.url);
    const base = `/user/me/proxy/${port}/`;
    proxy = createServer((asked, answered) => {
      if (!asked.url?.startsWith(base)) {
        answered.setHeader("content-type", "text/html");
        answered.end(
          `<!doctype html><title>lab</title><iframe src="${base}${search}" width="1200" height="800"></iframe>`,
        );
        return;
      }
      const path = `/${asked.url.slice(base.length)}`;
      const headers = { ...asked.headers, host: "hub.example.org" };
      const passed = request({ host: "127.0.0.1", port, path, method: asked.method, headers }, (given) => {
        answered.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answered);
      });
      passed.on("error", () => answered.destroy());
      asked.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await desk.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it("draws, by Vega too, and follows its runs", async () => {
    const page = await desk.open({ url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/lab` });
    const frame = page.frameLocator("iframe");
    await frame.locator('.card[data-tag="train/rise"] canvas').waitFor();
    const panel = frame.locator(".card.panel").first();
    await panel.scrollIntoViewIfNeeded();
    await panel.locator("svg.marks").waitFor();
    const run = openRun({ name: "live", dir: desk.folder, sources: [] });
    run.log({ "train/rise": 7 }, 0);
    await frame.locator("nav li", { hasText: "live (running)" }).waitFor();
    run.finish("finished");
    await page.close();
    expect(desk.errors).toEqual([]);
  });
});
