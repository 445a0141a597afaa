import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../src/cli/checkout.js";

let folder: string;
let server: ChildProcess;
let said = "";

/** Resolves with the address that the server prints, token included. */
function address(): Promise<URL> {
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(said);
      if (found) resolve(new URL(found[0]));
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("exit", (code) => reject(new Error(`tunelab lab ended with ${code}: ${said}`)));
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-lab-"));
  const args = [join(root, "bin", "tunelab.mjs"), "lab", "--no-browser", folder];
  const env = {
    ...process.env,
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
  };
  server = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
});

afterAll(async () => {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

it("opens JupyterLab behind a token on loopback, and asks nobody elsewhere for news or versions", async () => {
  const url = await address();
  const page = await fetch(url);
  expect(page.status).toBe(200);
  const config = /id="jupyter-config-data"[^>]*>([^<]*)</.exec(await page.text())?.[1];
  expect(JSON.parse(config as string)).toMatchObject({ news: { disabled: true } });
  const api = (path: string) =>
    fetch(new URL(path, url), { headers: { Authorization: `token ${url.searchParams.get("token")}` } });
  const update = await api("/lab/api/update");
  expect(await update.json()).toEqual({ notification: null });
  expect((await fetch(new URL("/api/contents", url))).status).toBe(403);
}, 240_000);
