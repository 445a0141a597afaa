import { expect, it } from "vitest";
import { fitted, keepFitted } from "../../src/fitKept.js";
import type { FitRun } from "../../src/fitRun.js";

/** A run that holds so many bytes. */
function holding(id: string, heldBytes: number) {
  const run = {
    id,
    heldBytes,
    isRepeatable: true,
    forget() {
      run.isRepeatable = false;
    },
  };
  keepFitted(run as unknown as FitRun);
  return run;
}

it("keeps four, and of large ones as many as hold 512 MB beside the newest, which is kept in any case", () => {
  const small = Array.from({ length: 5 }, (_, i) => holding(`small-${i}`, 1e6));
  expect(small.map(({ isRepeatable }) => isRepeatable)).toEqual([false, true, true, true, true]);
  const large = [holding("a", 300e6), holding("b", 200e6), holding("c", 2e9)];
  expect(large.map(({ isRepeatable }) => isRepeatable)).toEqual([true, true, true]);
  expect(small[4]?.isRepeatable).toBe(true);
  holding("d", 1e6);
  // Beside the newest there were 2.5 GB.
  expect(large.map(({ isRepeatable }) => isRepeatable)).toEqual([false, false, false]);
  expect([fitted("d")?.id, fitted("c")]).toEqual(["d", undefined]);
});
