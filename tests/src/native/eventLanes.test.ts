import { expect, it } from "vitest";
import type { OpEvent } from "../../../src/index.js";
import { eventLanes } from "../../../src/native/eventLanes.js";

const event = (name: string, begin: number, end: number, aside = false): OpEvent => ({
  name,
  kind: "op",
  begin,
  milliseconds: end - begin,
  inputs: [],
  outputs: [],
  aside,
});

it("keeps apart what ran meanwhile, and what overlaps in part", () => {
  const lanes = eventLanes([
    event("a", 0, 1),
    event("step", 0.5, 3, true),
    event("b", 1, 2),
    event("other step", 2, 4, true),
    event("whole", 0, 2.5),
    event("within", 2, 2.25, true),
  ]);
  const shown = lanes.map(({ name, stretches }) => [
    name,
    stretches.map(({ event: { name }, begin, end }) => [name, begin, end]),
  ]);
  expect(shown).toEqual([
    [
      "JavaScript's thread",
      [
        ["whole", 0, 2_500_000],
        ["a", 0, 1_000_000],
        ["b", 1_000_000, 2_000_000],
      ],
    ],
    [
      "threads of captured steps",
      [
        ["step", 500_000, 3_000_000],
        ["within", 2_000_000, 2_250_000],
      ],
    ],
    ["threads of captured steps", [["other step", 2_000_000, 4_000_000]]],
  ]);
});

it("ends what was rounded beyond the one around it with that one", () => {
  const around = { ...event("around", 0, 0), milliseconds: 1.0000004 };
  const within = { ...event("within", 0.5, 0), milliseconds: 0.5000006 };
  const [{ stretches } = { stretches: [] }, ...others] = eventLanes([around, within]);
  expect(others).toEqual([]);
  expect(stretches.map(({ end }) => end)).toEqual([1_000_000, 1_000_000]);
});
