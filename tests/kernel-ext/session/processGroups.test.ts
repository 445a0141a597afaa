import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { CommandGroups } from "../../../kernel-ext/session/processGroups.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-groups-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("forgets a group once what its command left in the background has ended, without another command", async () => {
  const groups = new CommandGroups();
  const told: number[] = [];
  groups.changed = (all) => told.push(all.length);
  const go = join(folder, "go");
  const background = `while [ ! -e ${go} ]; do sleep 0.1; done &`;
  const shell = spawn("/bin/sh", ["-c", background], { detached: true, stdio: "ignore" });
  groups.add(shell.pid as number);
  await once(shell, "exit");
  groups.settle();
  expect(groups.all, "its loop goes on").toEqual([shell.pid]);
  writeFileSync(go, "");
  await expect.poll(() => groups.all).toEqual([]);
  expect(told).toEqual([1, 0]);
});
