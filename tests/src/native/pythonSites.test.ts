import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { searchLibtensorflow } from "../../../src/native/findLibtensorflow.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tunelab-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (...parts: string[]) => join(root, ...parts);
function file(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}
/** A program that nothing can run: whoever asks it learns nothing. */
const binary = (path: string) => file(path, "\x7fELF");
/** Prints where it was told to look, and leaves a mark. */
const script = (path: string, answer: string) =>
  file(path, `#!/bin/sh\n: > ${JSON.stringify(at("asked"))}\necho ${JSON.stringify(answer)}\n`);
function wheel(site: string): string {
  const folder = join(site, "tensorflow");
  for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) file(join(folder, name), "");
  return folder;
}
const found = (environment: NodeJS.ProcessEnv) => {
  const paths = searchLibtensorflow({ HOME: at("home"), ...environment }, at("no checkout"));
  return paths && dirname(paths.cc);
};
const asked = () => existsSync(at("asked"));

it("finds what a python3 imports without asking it: its version's packages, Debian's, and those that a .pth names", () => {
  binary(at("usr", "bin", "python3.12"));
  symlinkSync("python3.12", at("usr", "bin", "python3"));
  const PATH = [at("nowhere"), at("usr", "bin")].join(delimiter);
  wheel(at("usr", "lib", "python3.11", "site-packages"));
  expect(found({ PATH })).toBeUndefined();
  const debian = wheel(at("usr", "local", "lib", "python3.12", "dist-packages"));
  expect(found({ PATH })).toBe(debian);
  const own = wheel(at("usr", "lib", "python3.12", "site-packages"));
  expect(found({ PATH })).toBe(own);
  rmSync(own, { recursive: true });
  rmSync(debian, { recursive: true });
  const linked = wheel(at("elsewhere"));
  const site = at("usr", "lib", "python3.12", "site-packages");
  writeFileSync(join(site, "more.pth"), `# ours\nimport sys\n${at("missing")}\n${at("elsewhere")}\n`);
  expect(found({ PATH })).toBe(linked);
});

it("looks where a person keeps packages, and where PYTHONPATH says", () => {
  const home = wheel(at("home", ".local", "lib", "python3.10", "site-packages"));
  expect(found({ PATH: "" })).toBe(home);
  expect(found({ PATH: "", PYTHONNOUSERSITE: "1" })).toBeUndefined();
  const listed = wheel(at("listed"));
  expect(found({ PATH: "", PYTHONPATH: at("listed") })).toBe(listed);
});

it("asks pyenv's program only where a version has TensorFlow, else looks at the next python3", () => {
  const version = at("pyenv", "versions", "3.12.1", "lib", "python3.12", "site-packages");
  mkdirSync(version, { recursive: true });
  script(at("pyenv", "shims", "python3"), join(version, "tensorflow"));
  binary(at("system", "bin", "python3"));
  const PATH = [at("pyenv", "shims"), at("system", "bin")].join(delimiter);
  expect(found({ PATH })).toBeUndefined();
  const system = wheel(at("system", "lib", "python3.9", "site-packages"));
  expect(found({ PATH })).toBe(system);
  expect(asked()).toBe(false);
  const held = wheel(version);
  expect(found({ PATH })).toBe(held);
  expect(asked()).toBe(true);
});

it("asks a python3 that is another program", () => {
  const place = wheel(at("tools", "installs", "python"));
  script(at("tools", "manager"), place);
  mkdirSync(at("tools", "bin"));
  symlinkSync(at("tools", "manager"), at("tools", "bin", "python3"));
  expect(found({ PATH: at("tools", "bin") })).toBe(place);
  expect(asked()).toBe(true);
});
