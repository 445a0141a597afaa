/** `tunelab run PROGRAM.ts`. It runs from dist/, so the build must be there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "program-"));
});

function run(source: string, ...options: string[]) {
  writeFileSync(join(folder, "program.ts"), source);
  const { TUNELAB_RUNS: _, ...env } = process.env;
  return spawnSync(process.execPath, [bin, "run", "program.ts", ...options], {
    encoding: "utf8",
    cwd: folder,
    env,
  });
}

test("runs TypeScript with the library, wherever it lies, and its run keeps the source", () => {
  const source = `import { track } from "tunelab";
enum Step { First }
const run = await track({ name: "counted" });
run.log({ "train/loss": 0.5 }, Step.First);
await run.finish();
console.log(process.argv.length, run.name as string);
`;
  expect(run(source)).toMatchObject({ status: 0, stdout: "2 counted\n", stderr: "" });
  const [dir = ""] = readdirSync(join(folder, "runs"));
  expect(readFileSync(join(folder, "runs", dir, "code", "program.ts"), "utf8")).toBe(source);
});

test("tells what was thrown with its line; the exit code is the program's", () => {
  const thrown = run('interface Rate { value: number }\n\nthrow new RangeError("no such rate");\n');
  expect(thrown.status).toBe(1);
  expect(thrown.stderr).toMatch(/RangeError: no such rate\n.*program\.ts:3:7/);
  expect(run("process.exitCode = 3;").status).toBe(3);
});

test("refuses options that are for notebooks", () => {
  const { status, stderr } = run("", "--timeout", "3");
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^tunelab run takes --timeout for notebooks only; .*program\.ts is a program\n$/,
    ),
  });
});
