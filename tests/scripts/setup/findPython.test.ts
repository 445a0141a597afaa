import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPython, type Python, refusePython } from "../../../scripts/setup/findPython.mjs";

const good: Python = {
  executable: "/somewhere/python3",
  version: [3, 12, 1],
  implementation: "CPython",
  bits: 64,
  freeThreaded: false,
  venv: true,
  ensurepip: true,
  pip: true,
};

test("takes CPython 3.10 to 3.13 and says why it refuses others", () => {
  expect(refusePython(good)).toBeUndefined();
  expect(refusePython({ ...good, version: [3, 10, 0] })).toBeUndefined();
  expect(refusePython({ ...good, version: [3, 13, 9] })).toBeUndefined();
  expect(refusePython({ ...good, version: [3, 9, 18] })).toBe("is Python 3.9.18");
  expect(refusePython({ ...good, version: [3, 14, 0] })).toBe("is Python 3.14.0");
  expect(refusePython({ ...good, implementation: "PyPy" })).toBe("is PyPy");
  expect(refusePython({ ...good, bits: 32 })).toBe("is a 32-bit build");
  expect(refusePython({ ...good, freeThreaded: true })).toBe("is a free-threaded build");
});

let folder: string;
const path = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-python-"));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

test("passes over a command that exists but does not run, as a pyenv shim may", () => {
  program("python3.13", 'echo "pyenv: python3.13: command not found" >&2\nexit 127');
  program("python3.12", `echo '${JSON.stringify(good)}'`);
  process.env.PATH = folder;
  expect(findPython({}).executable).toBe("/somewhere/python3");
});

test("names what it found when nothing will do", () => {
  program("python3", `echo '${JSON.stringify({ ...good, version: [3, 8, 18] })}'`);
  process.env.PATH = folder;
  expect(() => findPython({})).toThrow(/needs Python 3\.10.*python3 is Python 3\.8\.18\./);
});

test("TUNELAB_PYTHON is asked alone", () => {
  program("python3", `echo '${JSON.stringify(good)}'`);
  process.env.PATH = folder;
  expect(() => findPython({ TUNELAB_PYTHON: join(folder, "none") })).toThrow(
    /TUNELAB_PYTHON.*none does not run/,
  );
});
