/** No process outlives the kernel, nor the session that started it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";
import { allGone, family, type Process, processes } from "./processes.js";

let kernel: KernelClient;
let started: readonly Process[] = [];
beforeEach(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterEach(async () => {
  await kernel.close();
  for (const { pid } of started) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {}
  }
});

const spawned = "import { spawn } from 'node:child_process'; spawn('sleep', ['1003'], { stdio: 'inherit' });";
const loop = "for (;;) {}";

/** Cells that leave processes behind, and a part of the command lines of how many. */
const loads: Record<string, readonly [string, string, number]> = {
  "!command": ["!sleep 1001 | sleep 1001", "sleep 1001", 3],
  "a command in the background": [
    "!nohup sleep 1002 > /dev/null 2>&1 &\nawait new Promise(() => {})",
    "sleep 1002",
    1,
  ],
  "a child process of the cell's": [`${spawned} await new Promise(() => {})`, "sleep 1003", 1],
  "a child process and a loop": [`${spawned} ${loop}`, "sleep 1003", 1],
  "a sweep's workers": [
    "%%sweep endless --trials 4 --minimize --parallel 2\n(trial) => { trial.suggestFloat('x', 0, 1); for (;;) {} }",
    "session/worker.js",
    2,
  ],
};

/** Ways for it to end; `session` is the session's process. */
const ends: Record<string, (session: number) => Promise<unknown>> = {
  "a shutdown": () => kernel.close(),
  "SIGKILL to the front": async () => process.kill(kernel.pid, "SIGKILL"),
  "SIGKILL to the session": async (session) => process.kill(session, "SIGKILL"),
};

const isSession = ({ command }: Process) => command.includes("session/main.js");

describe.skipIf(process.platform !== "linux").each(Object.entries(ends))("after %s", (how, end) => {
  it.each(Object.entries(loads))("nothing is left of %s", async (_what, [code, part, count]) => {
    const session = Number(resultText(await kernel.execute("process.pid")));
    const before = new Set(processes().map(({ pid }) => pid));
    const running = await kernel.start(code);
    // What a command left in the background has another parent: it is known by being new.
    const fresh = () => {
      const others = new Set(
        processes()
          .filter(isSession)
          .map(({ pid }) => pid),
      );
      for (const { pid } of family(kernel.pid)) others.delete(pid);
      // Kernels of other tests start workers, too.
      return processes().filter(
        ({ pid, parent, command }) => command.includes(part) && !before.has(pid) && !others.has(parent),
      );
    };
    await kernel.until(() => fresh().length >= count, `${count} times ${part}`);
    const sessionOnly = how === "SIGKILL to the session";
    started = [...family(sessionOnly ? session : kernel.pid), ...fresh()];
    expect(started.map(({ pid }) => pid)).toContain(session);
    await end(session);
    await allGone(kernel, started);
    if (!sessionOnly) return;
    // Else the next cell may come before the kernel knows that the session is gone, and be lost with it.
    expect((await kernel.finished(running)).reply.status).toBe("error");
    expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
  });
});
