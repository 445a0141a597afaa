/** papermill with parameters: the translator that the Python package brings, in a real run. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { jupyterPrograms } from "./jupyterPrograms.js";
import { readOutputs, writeNotebook } from "./notebook.js";

const programs = jupyterPrograms();
afterAll(() => programs.close());

const defaults = `const lr = 0.01; // learning rate
const optimizer: "sgd" | "adam" = "sgd";
let stage = "fast";
const hidden: number[] = [64, 32], dropout: number | undefined = 0.5;
const layers: Record<string, number> = { a: 1 };
const shuffle = true;`;
/** Refused by the type check if a parameter came back as its literal's type, or as one that is too wide. */
const uses = `stage += "!";
const half: boolean = lr === 0.5 || shuffle === true || optimizer === "sgd";
const chosen: "sgd" | "adam" = optimizer;
console.log(JSON.stringify({ lr, chosen, stage, hidden, dropout: dropout ?? "none", layers, shuffle, half }));`;

function write(name: string, first: string, tags: readonly string[]): string {
  const file = join(programs.folder, name);
  writeNotebook(file, [first, uses]);
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  notebook.cells[0].metadata.tags = tags;
  writeFileSync(file, JSON.stringify(notebook));
  return file;
}

const given = [
  "-p",
  "lr",
  "0.1",
  "-p",
  "optimizer",
  "adam",
  "-p",
  "stage",
  '"slow"\\',
  "-p",
  "dropout",
  "None",
];
const listed = '{hidden: [8, 4], layers: {"x-y": 2, __proto__: 3}, shuffle: false}';

test("parameters replace the defaults, with their types", () => {
  write("in.ipynb", defaults, ["parameters"]);
  const { status, stderr } = programs.run(
    "papermill",
    ...["in.ipynb", "out.ipynb", "-k", "tunelab", ...given, "-y", listed],
  );
  expect(stderr).not.toContain("unknown parameter");
  expect(status, stderr).toBe(0);
  const [, injected, used] = readOutputs(join(programs.folder, "out.ipynb"));
  expect(injected).toEqual([]);
  expect(JSON.parse(used?.[0]?.text ?? "")).toEqual({
    lr: 0.1,
    chosen: "adam",
    stage: '"slow"\\!',
    hidden: [8, 4],
    dropout: "none",
    layers: JSON.parse('{"x-y": 2, "__proto__": 3}'),
    shuffle: false,
    half: false,
  });
});

test("a value that does not fit its default's type stops the run in the injected cell", () => {
  write("in.ipynb", defaults, ["parameters"]);
  const { status, stderr } = programs.run("papermill", "in.ipynb", "bad.ipynb", "-p", "optimizer", "adan");
  expect(status).not.toBe(0);
  expect(stderr).toContain(`'"adan"' is not assignable to type`);
});

test("the defaults are listed with type and comment", () => {
  write("in.ipynb", defaults, ["parameters"]);
  const { stdout } = programs.run("papermill", "--help-notebook", "in.ipynb");
  expect(stdout).toMatch(/lr: number \(default 0\.01\) +learning rate/);
  expect(stdout).toContain('optimizer: "sgd" | "adam" (default "sgd")');
  expect(stdout).toContain("hidden: number[] (default [64, 32])");
});
