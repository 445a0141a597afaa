import { expect, it } from "vitest";
import { DrawingThread } from "../../../kernel-ext/session/drawingThread.js";

const file = new URL("./obedientThread.mjs", import.meta.url);

it("gives what the thread makes of each chart", () => {
  const thread = new DrawingThread(file, { patience: 60_000, heapMb: 100 });
  expect([thread.draw("one", "vega"), thread.draw("two", "vega")]).toEqual([{ svg: "one" }, { svg: "two" }]);
});

it.each(["throw", "exit"])("says at once that its thread has ended, and starts another: %s", (how) => {
  const thread = new DrawingThread(file, { patience: 60_000, heapMb: 100 });
  expect(thread.draw(how, "vega")).toBe("ended");
  expect(thread.draw("next", "vega")).toEqual({ svg: "next" });
});

it("waits no longer than it has patience, and asks another thread then", () => {
  const bounds = { patience: 200, heapMb: 100 };
  const thread = new DrawingThread(file, bounds);
  expect(thread.draw("for ever", "vega")).toBe("late");
  bounds.patience = 60_000;
  expect(thread.draw("next", "vega")).toEqual({ svg: "next" });
});
