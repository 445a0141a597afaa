import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { Board } from "../../../src/board/board.js";
import { BoardDisplay } from "../../../src/board/boardDisplay.js";
import { boardSettings } from "../../../src/board/options.js";
import type { Drawn } from "../../../src/board/render/drawing.js";

/** The drawings that were begun, each to be answered. */
const begun = vi.hoisted(() => [] as ((drawn: Drawn) => void)[]);
vi.mock("../../../src/board/render/drawing.js", () => ({
  beginDrawing: (_question: unknown, done: (drawn: Drawn) => void) => {
    begun.push(done);
    return { poll() {} };
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  begun.length = 0;
});
afterEach(() => vi.useRealTimers());

function display(): BoardDisplay {
  const before = installHost({
    kind: "notebook",
    display: () => ({ update() {} }),
    signal: () => new AbortController().signal,
    sources: () => [],
  });
  try {
    return new BoardDisplay(new Board({ runs: [], sweeps: [] }, boardSettings()), { whenChanged: true });
  } finally {
    if (before) installHost(before);
  }
}

/** Points that are logged for a minute. */
async function logFor(shown: BoardDisplay): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    shown.changed();
    await vi.advanceTimersByTimeAsync(10);
  }
}

it("is not drawn again once a drawing has failed, and ends with what went wrong", async () => {
  const shown = display();
  expect(begun).toHaveLength(1);
  begun[0]?.({ error: new Error("no such folder") });
  await logFor(shown);
  expect(begun).toHaveLength(1);
  await expect(shown.end(() => {})).rejects.toThrow("no such folder");
});

it("is drawn again while points are logged", async () => {
  const shown = display();
  begun[0]?.({ result: { "text/plain": "one" } });
  shown.changed();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(begun).toHaveLength(2);
});
