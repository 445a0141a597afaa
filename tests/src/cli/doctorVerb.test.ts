/** `tunelab doctor`, as a build calls it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { track } from "../../../src/track/index.js";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
const dir = mkdtempSync(join(tmpdir(), "tunelab-doctor-verb-"));

beforeAll(() => {
  installHost(terminalHost());
  for (const [name, losses] of [
    ["stays", [2.3, 2.3, 2.3, 2.3, 2.3, 2.3]],
    ["falls", [2.3, 1.2, 0.7, 0.5, 0.4, 0.35]],
  ] as const) {
    const run = track({ name, dir, system: false });
    losses.forEach((loss, i) => {
      run.log({ "epoch/loss": loss, "epoch/accuracy": name === "falls" ? 0.5 + i / 12 : 0.1 }, i + 1);
    });
    run.finish();
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function doctor(...words: string[]) {
  return spawnSync(process.execPath, [bin, "doctor", ...words, "--dir", dir], { encoding: "utf8" });
}

it("fails a build from the severity on that it names, and prints the diagnosis either way", () => {
  const [told] = JSON.parse(doctor("stays", "--json").stdout);
  expect(told.verdicts[0].severity).toBe("error");
  expect(doctor("stays").status).toBe(0);
  for (const severity of ["error", "warning", "info"]) {
    const { status, stdout } = doctor("stays", "--fail-on", severity);
    expect([status, stdout]).toEqual([1, expect.stringContaining("what to do:")]);
  }
  expect(doctor("falls", "--fail-on", "warning").status).toBe(0);
  // One that fails is enough.
  expect(doctor("stays", "falls", "--fail-on", "warning").status).toBe(1);
});

it("refuses a severity that there is none of", () => {
  expect(doctor("stays", "--fail-on", "fatal")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('doctor --fail-on must be error, warning, info; got "fatal"'),
  });
});
