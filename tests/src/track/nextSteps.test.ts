import { expect, test } from "vitest";
import { NextSteps } from "../../../src/track/nextSteps.js";

test("the first point stands at 0, and one behind the highest step that was logged", () => {
  const next = new NextSteps();
  expect(next.logged).toBe(0);
  next.noteLogged(7);
  next.noteLogged(3);
  expect(next.logged).toBe(8);
});

test("a text stands behind the tag's last, but no lower than the highest step that was logged", () => {
  const next = new NextSteps();
  expect(next.ofMedia("notes")).toBe(0);
  next.noteMedia("notes", 4);
  expect(next.ofMedia("notes")).toBe(5);
  expect(next.ofMedia("other")).toBe(0);
  next.noteLogged(9);
  expect(next.ofMedia("notes")).toBe(9);
  expect(next.ofMedia("other")).toBe(9);
  next.noteMedia("notes", 2);
  expect(next.ofMedia("notes")).toBe(9);
});
