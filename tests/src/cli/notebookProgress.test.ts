import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { notebookProgress } from "../../../src/cli/notebookProgress.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(isTTY: boolean) {
  const written: string[] = [];
  const listener = notebookProgress({ write: (text) => written.push(text), isTTY, columns: 60 });
  listener({ event: "start", cells: 7 });
  return { listener, taken: () => written.splice(0) };
}

it("says every ten seconds which cell of how many runs, until it is done", () => {
  const { listener, taken } = watched(false);
  listener({ event: "cell", cell: 6, title: "Search" });
  vi.advanceTimersByTime(9_999);
  expect(taken()).toEqual([]);
  listener({ event: "output", text: "trial 1" });
  vi.advanceTimersByTime(10_001);
  expect(taken()).toEqual(["  [6/7] Search … 10 s\n", "  [6/7] Search … 20 s\n"]);
  listener({ event: "done", cell: 6, seconds: 21.2 });
  expect(taken()).toEqual(["  [6/7] Search  21.2 s\n"]);
  vi.advanceTimersByTime(60_000);
  expect(taken()).toEqual([]);
});

it("counts each cell's seconds from its own start, and is silent after one that failed", () => {
  const { listener, taken } = watched(false);
  listener({ event: "cell", cell: 1, title: "a" });
  vi.advanceTimersByTime(5_000);
  listener({ event: "done", cell: 1, seconds: 5 });
  listener({ event: "cell", cell: 2, title: "b" });
  vi.advanceTimersByTime(10_000);
  listener({ event: "failed", cell: 2, error: "Error: no", traceback: "" });
  vi.advanceTimersByTime(60_000);
  expect(taken()).toEqual(["  [1/7] a  5.0 s\n", "  [2/7] b … 10 s\n", "  [2/7] b  failed\n"]);
});

it("on a terminal rewrites the line, with what the cell said last", () => {
  const { listener, taken } = watched(true);
  listener({ event: "cell", cell: 1, title: "a" });
  listener({ event: "output", text: "trial 1" });
  taken();
  vi.advanceTimersByTime(10_000);
  expect(taken()).toEqual(["\r\x1b[2K  [1/7] a  10 s │ trial 1"]);
});
