import { expect, it } from "vitest";
import { cutShort } from "../../../src/board/cutShort.js";

it("names those that were killed and those that are stale, and says nothing of others", () => {
  expect(
    cutShort([
      { label: "a", status: "killed" },
      { label: "b", status: "stale" },
      { label: "c", status: "killed" },
      { label: "d", status: "running" },
    ]),
  ).toEqual(["Killed before the end: a, c.", "No sign of life for a minute, on another machine: b."]);
  expect(cutShort([{ label: "d", status: "finished" }])).toEqual([]);
});
