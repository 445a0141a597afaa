import { describe, expect, it } from "vitest";
import { interruptState, isOver, noteRunning } from "../../../kernel-ext/session/interruptState.js";

describe("an interrupt of a cell", () => {
  it("waits for one that has not begun, and for one that runs", () => {
    const state = interruptState();
    expect(isOver(state, 1, true)).toBe(false);
    noteRunning(state, 1);
    expect(isOver(state, 1, true)).toBe(false);
    expect(isOver(state, 2, true)).toBe(false);
    expect(isOver(state, -1, true)).toBe(false);
  });

  it.each([
    ["counted", 1, 2],
    ["not counted", -1, -2],
    ["of the other kind", 1, -1],
  ])("is over once it ended, though the next (%s) began before anybody looked", (_what, cell, next) => {
    const state = interruptState();
    noteRunning(state, cell);
    noteRunning(state, 0);
    expect(isOver(state, cell, false)).toBe(true);
    noteRunning(state, next);
    expect(isOver(state, cell, false)).toBe(true);
    expect(isOver(state, next, false)).toBe(false);
  });
});

it("an interrupt of whatever keeps the thread is over with a sign of life, or once a cell begins", () => {
  const state = interruptState();
  expect(isOver(state, 0, false)).toBe(false);
  expect(isOver(state, 0, true)).toBe(true);
  noteRunning(state, 1);
  expect(isOver(state, 0, false)).toBe(true);
});
