import { expect, it } from "vitest";
import { stepsPerTurn } from "../../../../src/native/recurrent/lstmTurns.js";

it.each([
  [1, 1],
  [7, 7],
  [11, 1],
  [28, 7],
  [50, 5],
  [64, 8],
  [1009, 1],
])("%i steps are taken in whole turns of %i", (steps, perTurn) => {
  expect(stepsPerTurn(steps)).toBe(perTurn);
});
