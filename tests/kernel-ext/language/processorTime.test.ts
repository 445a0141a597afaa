import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { expect, it } from "vitest";
import { processorTime } from "../../../kernel-ext/language/processorTime.js";

it.runIf(process.platform === "linux")(
  "grows with what a process computes, and is unknown once it ended",
  async () => {
    const code =
      "process.stdout.write('x'); const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);";
    const child = spawn(process.execPath, [
      "-e",
      `${code} process.stdout.write('y'); setInterval(() => {}, 1e6)`,
    ]);
    try {
      let text = "";
      child.stdout.on("data", (data) => {
        text += data;
      });
      await expect.poll(() => text, { interval: 5 }).toContain("y");
      expect(processorTime(child.pid as number)).toBeGreaterThanOrEqual(280);
    } finally {
      child.kill("SIGKILL");
    }
    await once(child, "exit");
    expect(processorTime(child.pid as number)).toBeUndefined();
  },
);
