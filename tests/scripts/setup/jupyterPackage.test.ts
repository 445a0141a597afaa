/** The kernel's Python package in an environment made for the test; no index is asked. */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installJupyterPackage, jupyterPackageIsCurrent } from "../../../scripts/setup/jupyterPackage.mjs";
import { root } from "../../../src/cli/checkout.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-package-"));
const venv = join(folder, "environment");
const checkout = join(folder, "checkout");
const log = join(folder, "install.log");
const python = join(venv, "bin", "python");
const install = () => installJupyterPackage({ root: checkout, venv, log });
const ask = (code: string) => {
  const { stdout, stderr, status } = spawnSync(python, ["-c", code], { encoding: "utf8", cwd: folder });
  expect(status, stderr).toBe(0);
  return stdout.trim();
};

beforeAll(() => {
  mkdirSync(checkout);
  for (const needed of [join("kernel-ext", "python"), "locks"])
    cpSync(join(root, needed), join(checkout, needed), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("is installed once, and again when a source changes", async () => {
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(false);
  await install();
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(true);
  const point = "from importlib.metadata import entry_points; print(*entry_points(group='papermill.engine'))";
  expect(ask(point)).toContain("tunelab_jupyter.papermill_engine:TunelabEngine");
  const shipped = ask(
    "import tunelab_jupyter; print(tunelab_jupyter.SANITIZE_FILE.read_text(encoding='utf-8'))",
  );
  const source = join(checkout, "kernel-ext", "python", "tunelab_jupyter", "nbval-sanitize.cfg");
  expect(shipped).toBe(readFileSync(source, "utf8").trim());

  appendFileSync(source, "\n# more\n");
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(false);
  await install();
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(true);
  expect(ask("import tunelab_jupyter; print(tunelab_jupyter.SANITIZE_FILE.read_text())")).toContain("# more");
});

test("is installed again where somebody uninstalled it", async () => {
  await install();
  expect(spawnSync(python, ["-m", "pip", "uninstall", "--yes", "tunelab-jupyter"]).status).toBe(0);
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(false);
  await install();
  expect(jupyterPackageIsCurrent(checkout, venv)).toBe(true);
  expect(ask("import tunelab_jupyter; print(tunelab_jupyter.SANITIZE_FILE.exists())")).toBe("True");
});

test("a description that the build does not know is said, not lost", async () => {
  const file = join(checkout, "kernel-ext", "python", "pyproject.toml");
  const kept = readFileSync(file, "utf8");
  writeFileSync(file, kept.replace("[project]\n", '[project]\nkeywords = "jupyter"\n'));
  await expect(install()).rejects.toThrow("The kernel's Python package could not be installed");
  expect(readFileSync(log, "utf8")).toContain("project.keywords is not known");
  writeFileSync(file, kept);
});
