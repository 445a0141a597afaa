/** Where no test can run: one sentence says why, and the last line is still the count that continuous integration reads. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const found = (program: string) => spawnSync("which", [program], { encoding: "utf8" }).stdout.trim();

/** A folder of programs: the real ones named, and scripts. */
function programs(real: readonly string[], made: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "path-"));
  for (const name of real) symlinkSync(found(name), join(folder, name));
  for (const [name, body] of Object.entries(made)) {
    writeFileSync(join(folder, name), `#!${found("bash")}\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

function ci(path: string) {
  const { status, stdout, stderr } = spawnSync(found("bash"), [join(root, ".ci", "run")], {
    encoding: "utf8",
    env: { PATH: path },
  });
  return { status, stderr, lines: stdout.trimEnd().split("\n") };
}

test("who is not root and has no sudo is told what to install", () => {
  const { status, stderr, lines } = ci(programs(["bash", "dirname"], { id: "echo 1000" }));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The tests need chromium python3 python3-venv, .* only root may install: .*\.\n$/);
  expect(lines).toEqual(["0 passed, 1 failed"]);
});

test("installs by sudo where it asks no password; a failure there is one sentence, too", () => {
  const sudo = 'shift; [ "$1" = true ] || { echo "asked: $*"; exit 100; }';
  const path = programs(["bash", "dirname"], { id: "echo 1000", sudo, "apt-get": "exit 1" });
  const { status, stderr, lines } = ci(path);
  expect(status).toBe(1);
  expect(lines).toEqual([
    "Installing chromium python3 python3-venv",
    "asked: apt-get update -qq",
    "0 passed, 1 failed",
  ]);
  expect(stderr).toBe("apt-get could not install chromium python3 python3-venv, which the tests need.\n");
});

test("a set-up that stops ends with the count", () => {
  const copy = mkdtempSync(join(tmpdir(), "checkout-"));
  mkdirSync(join(copy, "locks"));
  for (const name of ["scripts", "locks", "package.json", "package-lock.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, "scripts", "test.mjs")], {
    encoding: "utf8",
    cwd: copy,
    env: { PATH: "/nowhere", TUNELAB_DEVICE: "cpu" },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/Python/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 1 failed");
});
