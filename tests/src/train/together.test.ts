import { expect, it } from "vitest";
import { together } from "../../../src/train/together.js";
import type { Place } from "../../../src/train/updates.js";

/** The places of steps from `step` on, every tenth of which is sampled and every eighth of which ends with a pause. */
function from(step: number, most: number): number[] {
  const placeOf = (i: number) => ({ samples: step + i, isSampled: (step + i) % 10 === 0 }) as Place;
  const places = together(most, { placeOf, pausesAfter: (i) => (step + i + 1) % 8 === 0 });
  return places.map(({ samples }) => samples);
}

it("takes as many as asked for where nothing is in their way", () => {
  expect(from(1, 4)).toEqual([1, 2, 3, 4]);
  expect(from(1, 0)).toEqual([]);
});

it("leaves a sampled step out, and all after it", () => {
  expect(from(8, 5)).toEqual([8, 9]);
  expect(from(10, 5)).toEqual([]);
});

it("ends with the step after which the training pauses", () => {
  expect(from(5, 5)).toEqual([5, 6, 7]);
  expect(from(7, 5)).toEqual([7]);
});
