import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { CommandGroups } from "../../../kernel-ext/session/processGroups.js";

it("forgets a group once what its command left in the background has ended, without another command", async () => {
  const groups = new CommandGroups();
  const told: number[] = [];
  groups.changed = (all) => told.push(all.length);
  const shell = spawn("/bin/sh", ["-c", "sleep 1 &"], { detached: true, stdio: "ignore" });
  groups.add(shell.pid as number);
  await once(shell, "exit");
  groups.settle();
  expect(groups.all, "its sleep goes on").toEqual([shell.pid]);
  await vi.waitFor(() => expect(groups.all).toEqual([]), { timeout: 5000 });
  expect(told).toEqual([1, 0]);
});
