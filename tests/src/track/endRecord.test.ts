import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("a run does not end by a status that there is not, and goes on", () => {
  const run = openRun({ name: "ends", dir: temporaryFolder(), sources: [] });
  for (const [status, got] of [
    ["nonsense", '"nonsense"'],
    ["running", '"running"'],
    [null, "null"],
  ])
    expect(() => run.finish(status as never)).toThrow(
      new RangeError(
        `finish: status must be one of finished, failed, interrupted, pruned, killed; got ${got}`,
      ),
    );
  expect(run.record.status).toBe("running");
  run.log({ loss: 1 });
  run.finish("pruned");
  expect(run.record.status).toBe("pruned");
});
