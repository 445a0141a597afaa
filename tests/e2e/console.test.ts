/** `jupyter console` in a terminal of its own. */
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../src/cli/checkout.js";
import { jupyterPrograms, testProgram } from "./jupyterPrograms.js";

const programs = jupyterPrograms();
afterAll(() => programs.close());

test("runs cells, shows results and errors, completes, asks, is interrupted and left", () => {
  const script = join(root, "tests", "e2e", "drive_console.py");
  const { status, stdout, stderr } = programs.run("python", script, testProgram("jupyter-console"));
  expect(`${stdout}${stderr}`).toBe("");
  expect(status).toBe(0);
});
