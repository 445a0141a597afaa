/** `tunelab doctor`, as a build calls it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

it("repairs a run by the code that it keeps, in the call of fit that made it", () => {
  const own = mkdtempSync(join(tmpdir(), "tunelab-doctor-fix-"));
  const program = join(own, "slow.ts");
  writeFileSync(
    program,
    `import { data, fit, models, sgd } from "tunelab";
const circle = data.circle({ samples: 600, factor: 0.5, noise: 0.1, validation: 200, seed: 3 });
const train = (rate: number, name: string) =>
  fit(models.mlp({ inputShape: [2], hidden: [16, 16], classes: 2 }), circle, {
    optimizer: sgd({ learningRate: rate, momentum: 0.9 }), epochs: 30, batchSize: 32, progress: false, track: { name, system: false } });
await train(0.05, "fine");
await train(1e-6, "slow");
console.log("behind both");
`,
  );
  const tunelab = (...words: string[]) =>
    spawnSync(process.execPath, [bin, ...words], {
      encoding: "utf8",
      cwd: own,
      env: { ...process.env, TUNELAB_RUNS: join(own, "runs") },
    });
  expect(tunelab("run", program).status).toBe(0);
  const { stdout, stderr, status } = tunelab("doctor", "slow", "--fix", "--attempts", "6", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 of at most 6: ")]);
  expect(JSON.parse(stdout)).toMatchObject({ improved: true, before: { diagnosis: { name: "slow" } } });
  // Only the copies were recorded: not the other training, nor the one that was to be repaired, a second time.
  const { runs } = { runs: JSON.parse(tunelab("runs", "--json").stdout) as { name: string }[] };
  expect(
    runs
      .filter(({ name }) => !name.startsWith("fix-"))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["fine", "slow"]);
  expect(tunelab("doctor", "slow", "fine", "--fix").status).toBe(2);
  expect(tunelab("doctor", "slow", "--attempts", "2")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--attempts with --fix only"),
  });
  rmSync(own, { recursive: true, force: true });
}, 300_000);
