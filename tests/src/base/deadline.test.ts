import { expect, test } from "vitest";
import { Deadline, OutOfTime } from "../../../src/base/deadline.js";

function clock(time = 5000) {
  const given = { time, now: () => given.time };
  return given;
}

test("says what is left by the clock that is given, never less than nothing", () => {
  const given = clock();
  const deadline = new Deadline(100, given.now);
  expect(deadline.left).toBe(100);
  given.time += 60;
  expect(deadline.left).toBe(40);
  given.time += 60;
  expect(deadline.left).toBe(0);
});

test("throws once it is over, not before", () => {
  const given = clock();
  const deadline = new Deadline(10, given.now);
  given.time += 9;
  deadline.check();
  given.time += 1;
  expect(() => deadline.check()).toThrow(OutOfTime);
  expect(() => deadline.check()).toThrow("there was no time for it");
});

test("a part ends with the whole at the latest", () => {
  const given = clock();
  const whole = new Deadline(100, given.now);
  expect(whole.within(30).left).toBe(30);
  given.time += 80;
  expect(whole.within(30).left).toBe(20);
  given.time += 80;
  expect(whole.within(30).left).toBe(0);
});
