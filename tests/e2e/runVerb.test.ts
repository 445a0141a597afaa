/** `tunelab run` as a program reads it: JSON, pipes, exit codes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readOutputs, writeNotebook } from "./notebook.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bin = join(import.meta.dirname, "../../bin/tunelab.mjs");
const source = join(folder, "fails.ipynb");
const target = join(folder, "out", "fails.ipynb");
writeNotebook(source, [
  "const a = 1;",
  'throw new RangeError("no such rate");',
  'console.log("a is", a);',
  'throw new TypeError("no such shape");',
]);

const run = (...args: string[]) =>
  spawnSync(process.execPath, [bin, "run", source, ...args], { encoding: "utf8" });
const escapeCode = "\u001b";

test("stops at the first error; --allow-errors goes on, tells all of them and ends well", () => {
  const stopped = run("--json");
  expect(stopped.status).toBe(1);
  expect(JSON.parse(stopped.stdout)).toMatchObject({
    failure: { cell: 2, error: expect.stringContaining("no such rate") },
    failures: [{ cell: 2 }],
  });
  expect(readOutputs(target)[2]).toEqual([]);

  const whole = run("--json", "--allow-errors");
  expect(whole.status).toBe(0);
  const { failures } = JSON.parse(whole.stdout) as { failures: { cell: number; error: string }[] };
  expect(failures.map(({ cell }) => cell)).toEqual([2, 4]);
  expect(failures[1]?.error).toContain("no such shape");
  expect(readOutputs(target)[2]).toMatchObject([{ text: "a is 1\n" }]);
}, 120_000);

test("writes no escape codes where nobody has a terminal", () => {
  const { stdout, stderr } = run("--allow-errors");
  expect(stdout).toMatch(/\[2\/4\] throw .* failed\n[\s\S]*\[3\/4\] .* s\n/);
  expect(stderr).toContain("no such shape");
  expect(stdout + stderr).not.toContain(escapeCode);
  expect(run("--json").stdout).not.toContain("\\u001b");
}, 120_000);

test("takes a part of a second as timeout, and refuses none", () => {
  writeNotebook(join(folder, "slow.ipynb"), ["await new Promise((resolve) => setTimeout(resolve, 30_000));"]);
  const { stdout } = spawnSync(
    process.execPath,
    [bin, "run", join(folder, "slow.ipynb"), "--json", "--timeout", "0.5"],
    { encoding: "utf8" },
  );
  expect(JSON.parse(stdout).failure).toMatchObject({
    cell: 1,
    error: expect.stringMatching(/^CellTimeoutError: /),
  });
  const { status, stderr } = run("--timeout", "0");
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "tunelab run needs a timeout above 0 seconds; 0 was given\n",
  });
}, 120_000);
