import { afterEach, expect, it, vi } from "vitest";
import { tellOnce } from "../../src/fitNotices.js";

afterEach(() => vi.restoreAllMocks());

it("says a sentence once, whatever number a name in it ends in", () => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  for (const name of ["sequential_11", "sequential_12", "sequential"])
    tellOnce(`fit learns the targets of "${name}" as labels of 2 classes`);
  tellOnce('fit learns the targets of "sequential_12" as labels of 3 classes');
  tellOnce('fit learns the targets of "gate" as labels of 2 classes');
  expect(said.mock.calls.map(([text]) => text)).toEqual([
    'tunelab: fit learns the targets of "sequential_11" as labels of 2 classes',
    'tunelab: fit learns the targets of "sequential_12" as labels of 3 classes',
    'tunelab: fit learns the targets of "gate" as labels of 2 classes',
  ]);
});
