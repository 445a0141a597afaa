/** `tunelab sweep` as a program, with its worker processes. They run from dist/, so the build must be there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../../../bin/tunelab.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sweep-verb-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sweep(module: string, ...args: string[]) {
  writeFileSync(join(folder, "objective.ts"), module);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, "sweep", "objective.ts", ...args, "--trials", "2"],
    { cwd: folder, encoding: "utf8", env: { ...process.env, TUNELAB_SWEEPS: join(folder, "sweeps") } },
  );
  return { status, stdout, stderr };
}

const train =
  "export default function train({ lr, units }: { lr: number; units: number }, trial: { number: number }) {\n" +
  "  return { valAccuracy: lr + units + trial.number * 0 };\n}\n";

it("calls a function of the parameters and the trial as %sweep does", () => {
  const { status, stdout } = sweep(
    train,
    "lr=[1, 2]",
    "units=8",
    "--sampler",
    "grid",
    "--maximize",
    "valAccuracy",
  );
  expect(stdout).toMatch(/Best: \{"lr":2,"units":8\} → 10\n/);
  expect(status).toBe(0);
});

it("names a parameter that is missing before any trial runs", () => {
  const { status, stderr } = sweep(train, "lr=[1, 2]", "--maximize", "valAccuracy");
  expect(stderr).toBe(
    "tunelab sweep calls the objective of objective.ts, which requires units: add units=SPACE, such as 'units=float(0,1)', or give it a default\n",
  );
  expect(status).toBe(2);
  expect(sweep(train, "--maximize", "valAccuracy").stderr).toMatch(/which requires lr: add lr=SPACE/);
});

it("runs an objective that sets what it is not given, with a warning where no type says that it may", () => {
  const sets = "{ units ??= 32; return lr + units; };";
  const typed = sweep(
    `export default ({ lr, units }: { lr: number; units: number | undefined }) => ${sets}`,
    "lr=1",
    "--maximize",
  );
  expect(typed).toMatchObject({ status: 0, stdout: expect.stringContaining("→ 33\n") });
  expect(typed.stderr).not.toContain("is not given");
  const untyped = sweep(`export default ({ lr, units }) => ${sets}`, "lr=1", "--maximize");
  expect(untyped).toMatchObject({ status: 0, stdout: expect.stringContaining("→ 33\n") });
  expect(untyped.stderr).toContain(
    "the objective of objective.ts takes units, which is not given and will be undefined: add units=SPACE",
  );
});

it("refuses a misspelt parameter, and a misspelt metric after one trial, with the nearest", () => {
  const unit = sweep(train, "lr=[1, 2]", "unit=8", "--maximize", "valAccuracy");
  expect(unit.stderr).toContain("the objective takes lr, units, but was given unit. Did you mean units?");
  expect(unit.status).toBe(1);
  const metric = sweep(train, "lr=[1, 2]", "units=8", "--maximize", "valAcuracy");
  expect(metric.stderr).toMatch(/Did you mean valAccuracy\?\n$/);
  expect(metric.status).toBe(1);
});

it("says what no line of the module names, and fails where every trial does", () => {
  const failing = "export default (trial: any) => { throw new Error('no ' + trial.params.units); };";
  const { status, stderr } = sweep(failing, "unitss=8", "--minimize");
  expect(stderr).toContain("never names the parameter unitss. Did you mean units?");
  expect(stderr).toMatch(/(the only trial|all \d trials) failed.*no undefined/);
  expect(status).toBe(1);
});
