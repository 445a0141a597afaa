/** A kernel that finds a port taken says so and ends: Jupyter then starts another. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../../../src/cli/checkout.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-ports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const channels = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];

const listening = () =>
  new Promise<Server>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
  });

/** A connection file whose port for `taken` somebody else has. */
async function connectionFile(taken: string): Promise<{ file: string; occupant: Server }> {
  const servers = await Promise.all(channels.map(listening));
  const ports = servers.map((server, at) => [channels[at], (server.address() as AddressInfo).port] as const);
  const kept = channels.indexOf(taken);
  const free = servers.filter((_, at) => at !== kept);
  await Promise.all(free.map((server) => new Promise((resolve) => server.close(resolve))));
  const file = join(folder, `${taken}.json`);
  const kind = { transport: "tcp", ip: "127.0.0.1", key: "k", signature_scheme: "hmac-sha256" };
  writeFileSync(file, JSON.stringify({ ...kind, ...Object.fromEntries(ports) }));
  return { file, occupant: servers[kept] as Server };
}

it.each(["hb_port", "shell_port"])("ends with one sentence when %s is taken", async (taken) => {
  const { file, occupant } = await connectionFile(taken);
  const kernel = spawn(process.execPath, [join(root, "dist", "kernel-ext", "front", "main.js"), file], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  kernel.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const late = setTimeout(() => kernel.kill("SIGKILL"), 60_000);
  const end = await new Promise((resolve) => kernel.once("close", (code, signal) => resolve(signal ?? code)));
  clearTimeout(late);
  occupant.close();
  expect(end).toBe(1);
  expect(stderr).toMatch(/^\[tunelab\] the kernel of .* could not start: .*in use.*\n$/);
});
