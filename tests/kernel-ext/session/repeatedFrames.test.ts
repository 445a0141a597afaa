import { expect, it } from "vitest";
import { foldFrames } from "../../../kernel-ext/session/repeatedFrames.js";

const at = (name: string, line: number) => `    at ${name} (cell-1.ts:${line}:5)`;
const times = (count: number, ...frames: string[]) => Array.from({ length: count }, () => frames).flat();

it("leaves frames that repeat little as they are", () => {
  const frames = [at("f", 1), ...times(5, at("g", 2)), at("f", 1)];
  expect(foldFrames(frames, false)).toEqual(frames);
  expect(foldFrames([], true)).toEqual([]);
});

it("tells two of a function that calls itself, counts the others and goes on below them", () => {
  const frames = [at("f", 1), ...times(9, at("f", 2)), at("main", 3)];
  expect(foldFrames(frames, true)).toEqual([
    at("f", 1),
    at("f", 2),
    at("f", 2),
    "    … 7 more frames of f",
    at("main", 3),
  ]);
});

it("tells two rounds of functions that call each other; a last round may be cut", () => {
  const frames = [
    ...times(5, at("new Ping", 1), at("async pong", 2), at("Ping.get value [as value]", 3)),
    at("new Ping", 1),
  ];
  expect(foldFrames(frames, true)).toEqual([
    ...frames.slice(0, 6),
    "    … at least 10 more frames of Ping, pong, Ping.get value",
  ]);
});

it("knows how many there were when the stack was recorded whole", () => {
  expect(foldFrames(times(30, at("f", 1)), false).at(-1)).toBe("    … 28 more frames of f");
});

it("names a function without name by its place", () => {
  expect(foldFrames(times(9, "    at cell-1.ts:4:2"), false).at(-1)).toBe(
    "    … 7 more frames of cell-1.ts:4:2",
  );
});
