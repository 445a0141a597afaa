/** A kernel whose Jupyter is killed ends, with its session and its type checker. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { root } from "../../../src/cli/checkout.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-orphan-"));
const started: number[] = [];
afterAll(() => {
  for (const pid of started.filter(lives)) process.kill(pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const lives = (pid: number): boolean => {
  const { status, stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 && !stdout.startsWith("Z");
};

const childrenOf = (pid: number): number[] =>
  spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child);

/** Starts a kernel below a process that stands for Jupyter, and kills that. Resolves to the kernel and its processes. */
async function orphan(name: string, { asked, wait }: { asked: boolean; wait: number }): Promise<number[]> {
  const connection = join(folder, `${name}.json`);
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const kind = { transport: "ipc", ip: join(folder, name), key: "k", signature_scheme: "hmac-sha256" };
  writeFileSync(connection, JSON.stringify({ ...kind, ...ports }));
  const front = join(root, "dist", "kernel-ext", "front", "main.js");
  const script = `
    const env = { ...process.env, JPY_PARENT_PID: ${asked ? "String(process.pid)" : "undefined"} };
    const args = ${JSON.stringify([front, connection])};
    console.log(require("node:child_process").spawn(process.execPath, args, { env, stdio: "ignore" }).pid);
    setInterval(() => {}, 1000);`;
  const jupyter = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const kernel = await new Promise<number>((resolve) =>
    jupyter.stdout.once("data", (text) => resolve(Number(text))),
  );
  started.push(kernel);
  await expect.poll(() => childrenOf(kernel).length).toBeGreaterThanOrEqual(2);
  await pause(wait);
  const all = [kernel, ...childrenOf(kernel)];
  jupyter.kill("SIGKILL");
  return all;
}

/** Milliseconds after which a kernel is past its start. */
const pastStart = 2_000;

test.each([
  ["later", pastStart],
  ["while it starts", 0],
])("ends with the Jupyter that named itself: %s", async (_when, wait) => {
  const processes = await orphan(`bound-${wait}`, { asked: true, wait });
  await expect.poll(() => processes.filter(lives)).toEqual([]);
});

test("stays when it is to be independent", async () => {
  const processes = await orphan("free", { asked: false, wait: pastStart });
  await pause(3_000);
  expect(processes.filter(lives)).toEqual(processes);
  process.kill(processes[0] ?? 0, "SIGTERM");
  await expect.poll(() => processes.filter(lives)).toEqual([]);
});
