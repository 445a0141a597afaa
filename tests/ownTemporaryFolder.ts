/** One temporary folder for all that a run of tests makes, tests that fail and programs they start included. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** The name holds the process, so that the next run removes what one that was killed left. Short: sockets lie within. */
const named = /^tests-(\d+)-/;

export default function setup(): () => void {
  const before = process.env.TMPDIR;
  const parent = tmpdir();
  for (const name of readdirSync(parent)) {
    const [, pid] = named.exec(name) ?? [];
    if (pid !== undefined && !runs(Number(pid))) remove(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, `tests-${process.pid}-`));
  process.env.TMPDIR = folder;
  return () => {
    remove(folder);
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  };
}

/** A process that a test has just ended may still be writing. */
function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's runs, too.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
