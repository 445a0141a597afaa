import { spawn } from "node:child_process";
import { uptime } from "node:os";
import { expect, it } from "vitest";
import { descendants } from "../../../kernel-ext/session/descendants.js";

it.skipIf(process.platform !== "linux")(
  "finds children and their children, and when they began",
  async () => {
    const before = Math.round(uptime() * 100);
    const child = spawn("sh", ["-c", "sleep 5 & wait"], { stdio: "ignore", detached: true });
    const pid = child.pid as number;
    while (descendants(pid).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const after = Math.round(uptime() * 100);
    const found = descendants(process.pid);
    const shell = found.findIndex((one) => one.pid === pid);
    const sleeper = found.findIndex((one) => one.parent === pid);
    expect(shell).toBeGreaterThanOrEqual(0);
    expect(sleeper).toBeGreaterThan(shell);
    for (const at of [shell, sleeper]) {
      expect(found[at]?.began).toBeGreaterThanOrEqual(before);
      expect(found[at]?.began).toBeLessThanOrEqual(after);
    }
    process.kill(-pid, "SIGKILL");
  },
);
