import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { readSweepResult } from "../../../src/sweep/sweepResult.js";
import { thisOwner } from "../../../src/track/owner.js";
import { sweepInStates } from "../board/exampleRuns.js";
import { writeSweep } from "../board/writtenSweep.js";

let folder: string;
let sweep: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "readSweep-"));
  sweep = writeSweep(sweepInStates(["complete", "running", "running"]), folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const states = () => readSweep(sweep).trials.map(({ state }) => state);
const coordinatedBy = (owner: object) =>
  writeFileSync(join(sweep, "coordinator.json"), JSON.stringify({ ...thisOwner(), ...owner }));

it("says of trials without an end that they run while their sweep's process lives, or may live", () => {
  expect(states()).toEqual(["complete", "running", "running"]);
  coordinatedBy({ host: "another-machine", pid: 2 ** 22 + 1 });
  expect(states()).toEqual(["complete", "running", "running"]);
});

it("says that they were interrupted where the sweep was killed, or nobody goes on with it", () => {
  const interrupted = ["complete", "interrupted", "interrupted"];
  rmSync(join(sweep, "coordinator.json"));
  expect(states()).toEqual(interrupted);
  coordinatedBy({ pid: 2 ** 22 + 1 });
  expect(states()).toEqual(interrupted);
  // Its number was given to another process since.
  coordinatedBy({ processStart: "1" });
  expect(states()).toEqual(interrupted);
  expect(readSweepResult(sweep).toMimeBundle()["text/plain"]).toMatch(/^states: 1 trials?, 2 interrupted /);
});
