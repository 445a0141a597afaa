import { expect, test } from "vitest";
import { differingPart } from "../../../src/track/differingPart.js";

test("short values stay, numbers and what is missing too", () => {
  expect(differingPart(["a", 3, undefined])).toEqual(["a", 3, undefined]);
  expect(differingPart([undefined, "b".repeat(60)])).toEqual([undefined, "b".repeat(60)]);
});

test("long ones begin shortly before the first character that differs", () => {
  const shared = "/opt/lib:".repeat(20);
  expect(differingPart([`${shared}/old/bin`, `${shared}/new/bin`, undefined])).toEqual([
    "…b:/opt/lib:/old/bin",
    "…b:/opt/lib:/new/bin",
    undefined,
  ]);
  expect(differingPart(["x".repeat(100), undefined])).toEqual([`${"x".repeat(60)}…`, undefined]);
  expect(differingPart([`${"x".repeat(70)}`, "x".repeat(65)])).toEqual([
    `…${"x".repeat(17)}`,
    `…${"x".repeat(12)}`,
  ]);
});

test("no character is cut in two", () => {
  const shared = `${"a".repeat(50)}😀${"b".repeat(11)}`;
  expect(differingPart([`${shared}1`, `${shared}2`])).toEqual([
    `…😀${"b".repeat(11)}1`,
    `…😀${"b".repeat(11)}2`,
  ]);
});
