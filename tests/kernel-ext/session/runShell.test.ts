/** The order in which a command begins; what it prints and how it ends is tried in magics/files.test.ts. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "run-shell-"));
afterAll(() => rmSync(folder, { recursive: true }));

const session = pathToFileURL(join(import.meta.dirname, "../../../dist/kernel-ext/session/")).href;

/** Runs `touch NAME` by a process that does `said` when it is to say the command's group. */
async function touches(name: string, said: string): Promise<boolean> {
  const program = `
    import { commandGroups } from "${session}processGroups.js";
    import { runShell } from "${session}runShell.js";
    commandGroups.changed = () => { ${said} };
    const { signal } = new AbortController();
    await runShell("touch ${name}", { folder: ${JSON.stringify(folder)}, signal });`;
  spawnSync(process.execPath, ["--input-type=module", "--eval", program]);
  await sleep(500);
  return existsSync(join(folder, name));
}

it("runs a command once its group is known, not where the session dies before it has said it", async () => {
  expect(await touches("said", "")).toBe(true);
  expect(await touches("unsaid", 'process.kill(process.pid, "SIGKILL")')).toBe(false);
});
