import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { viewRun } from "../../../src/doctor/runView.js";
import type { RunData } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

it("reads what samples lost from the run's folder, but not where it is told", () => {
  const dir = temporaryFolder();
  const run = { dir, record: { config: {} }, scalars: new Map() } as unknown as RunData;
  expect(viewRun(run).rowLosses()).toBeUndefined();
  writeFileSync(join(dir, "rowLosses.bin"), "something else");
  expect(() => viewRun(run).rowLosses()).toThrow(/rowLosses\.bin/);
  expect(viewRun(run, { rowLosses: () => undefined }).rowLosses()).toBeUndefined();
});
