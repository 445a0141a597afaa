import { expect, it } from "vitest";
import { RenewalPace } from "../../../src/board/renewalPace.js";

it("begins with four a second and goes on with one", () => {
  const pace = new RenewalPace();
  const pauses = Array.from({ length: 5 }, () => {
    pace.shown(100);
    return pace.pause(10);
  });
  expect(pauses).toEqual([250, 250, 250, 1000, 1000]);
});

it("waits four times as long as making a chart took, three times as long as drawing one does, at most 15 s", () => {
  const pace = new RenewalPace();
  pace.shown(100);
  expect(pace.pause(500)).toBe(2000);
  pace.rehearsed(100, 2000);
  expect(pace.pause(500)).toBe(6000);
  for (let i = 0; i < 5; i++) pace.shown(100);
  expect(pace.pause(10)).toBe(6000);
  expect(pace.pause(4000)).toBe(15_000);
  pace.rehearsed(100, 20);
  expect(pace.pause(10)).toBe(1000);
});

it("asks for a rehearsal of the third chart, of one that has grown by a quarter, and of every twelfth", () => {
  const pace = new RenewalPace();
  const asked: number[] = [];
  for (let i = 0; i < 40; i++) {
    const size = i < 5 ? 1000 : i < 8 ? 1249 : 1300;
    if (!pace.shown(size).isToRehearse) continue;
    asked.push(i);
    pace.rehearsed(size, 5);
  }
  expect(asked).toEqual([2, 8, 20, 32]);
});
