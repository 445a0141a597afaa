import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { traps } from "../../../bench/doctor/runs/traps.mjs";
import { trainRun } from "../../../bench/doctor/trainRun.mjs";
// The bench trains by what was built: its runs are read and diagnosed by the same.
import { doctor, type RunData, readRun } from "../../../dist/src/index.js";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "tunelab-traps-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function trained(id: string): Promise<RunData> {
  const trap = traps.find((one) => one.id === id) as (typeof traps)[number] & { train?: typeof trainRun };
  const run = await (trap.train ?? trainRun)(trap, { seed: 0, dir });
  return readRun(run.dir as string);
}

const epochsOf = (run: RunData) => run.scalars.get("epoch/loss")?.steps.length;

it("has one that stopped early, and one of thirty steps", async () => {
  expect(epochsOf(await trained("earlyStopped"))).toBeLessThan(200);
  expect((await trained("thirtySteps")).scalars.get("train/loss")?.steps).toHaveLength(30);
});

it("has one that rested, and went on to its end in the same run", async () => {
  const run = await trained("resumedWithGap");
  expect(run.record).toMatchObject({ resumed: 1, status: "finished" });
  expect(epochsOf(run)).toBe(40);
});

it("has one whose rate jumps up again, and one whose rate decays to nothing", async () => {
  const ratesOf = (run: RunData) => Array.from(run.scalars.get("train/learningRate")?.values ?? []);
  const restarted = ratesOf(await trained("warmRestarts"));
  expect(restarted.filter((rate, i) => rate > 2 * (restarted[i - 1] ?? rate)).length).toBe(2);
  expect(ratesOf(await trained("decayedRate")).at(-1)).toBeLessThan(3e-3 * 0.01);
});

it("has one whose log is torn, so that the last record is lost", async () => {
  expect((await trained("tornLog")).problems).not.toEqual([]);
});

it("has one of which nothing is known but two numbers, which no rule calls healthy", async () => {
  const run = await trained("metricsAlone");
  expect([...run.scalars.keys()]).toEqual(["my/loss", "my/score"]);
  const [diagnosis] = await doctor(run.dir, { dir });
  expect(diagnosis?.healthy).toBe(false);
  expect(diagnosis?.verdicts).toEqual([]);
});
