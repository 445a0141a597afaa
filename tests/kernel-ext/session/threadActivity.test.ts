import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { descendants } from "../../../kernel-ext/session/descendants.js";
import { mainThreadActivity } from "../../../kernel-ext/session/threadActivity.js";

it.skipIf(process.platform !== "linux")("counts what the main thread computes, and sees that it runs", () => {
  const before = mainThreadActivity();
  const end = performance.now() + 300;
  while (performance.now() < end);
  const after = mainThreadActivity();
  expect((after?.cpu ?? 0) - (before?.cpu ?? 0)).toBeGreaterThan(20);
  expect((after?.cpu ?? 0) - (before?.cpu ?? 0)).toBeLessThan(400);
  expect(after?.sleeping).toBe(false);
});

it.skipIf(process.platform !== "linux")("finds children and their children", async () => {
  const child = spawn("sh", ["-c", "sleep 5 & wait"], { stdio: "ignore", detached: true });
  const pid = child.pid as number;
  while (descendants(process.pid).filter((one) => descendants(pid).includes(one)).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const found = descendants(process.pid);
  expect(found).toContain(pid);
  expect(found.indexOf(pid)).toBeLessThan(found.indexOf(descendants(pid)[0] as number));
  process.kill(-pid, "SIGKILL");
});
