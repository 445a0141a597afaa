import { expect, test } from "vitest";
import { addEpoch, emptyHistory, takeOver } from "../../../src/train/history.js";

test("adds an epoch's values, metrics that were not known before too", () => {
  const history = emptyHistory();
  addEpoch(history, { loss: 0.5, topThree: 0.9, learningRate: 0.1 });
  addEpoch(history, { loss: 0.25, topThree: 0.95, learningRate: 0.05 });
  expect(history).toEqual({
    loss: [0.5, 0.25],
    accuracy: [],
    valLoss: [],
    valAccuracy: [],
    learningRate: [0.1, 0.05],
    topThree: [0.9, 0.95],
  });
});

test("takes over a saved history as a copy", () => {
  const saved = { ...emptyHistory(), loss: [0.5], own: [1, 2] };
  const history = emptyHistory();
  takeOver(history, saved);
  expect(history).toEqual(saved);
  addEpoch(history, { loss: 0.25 });
  expect(saved.loss).toEqual([0.5]);
});
