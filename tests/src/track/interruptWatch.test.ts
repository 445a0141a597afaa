/** Programs that are interrupted. They run from dist/, so the build must be there. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runs } from "../../../src/track/runs.js";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "interrupted-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Interrupts a program a second after it said "ready"; how it ended, and what became of its run. */
async function interrupted(rest: string) {
  writeFileSync(
    join(folder, "program.ts"),
    `import { track } from "tunelab";
const run = track({ name: "by-hand" });
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
run.log({ loss: 0.5 }, 0);
await later(1000);
console.log("ready");
${rest}
`,
  );
  const { TUNELAB_RUNS: _, ...env } = process.env;
  const child = spawn(process.execPath, [bin, "run", "program.ts"], { cwd: folder, env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
    if (String(data).includes("ready")) setTimeout(() => child.kill("SIGINT"), 1000);
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once("close", (...how) => resolve(how)),
  );
  const [row] = runs({ dir: join(folder, "runs") }).rows;
  return { code, signal, out, err, status: row?.status, loss: row?.metrics.loss };
}

test.each([
  ["that waits", "for (;;) await later(10);"],
  ["that only computes", "for (;;) Math.random();"],
])("ends a loop %s, whose run is interrupted and has its points", async (_, loop) => {
  expect(await interrupted(loop)).toEqual({
    code: null,
    signal: "SIGINT",
    out: "ready\n",
    err: "",
    status: "interrupted",
    loss: 0.5,
  });
});

test("leaves an interrupt to a program that listens, also once", async () => {
  const program = `
process.once("SIGINT", () => console.log("heard"));
await later(3000);
run.log({ loss: 0.25 }, 1);`;
  expect(await interrupted(program)).toEqual({
    code: 0,
    signal: null,
    out: "ready\nheard\n",
    err: "",
    status: "finished",
    loss: 0.25,
  });
});
