import { expect, it, vi } from "vitest";
import { CellOutput } from "../../../kernel-ext/session/cellOutput.js";
import { LiveDisplays } from "../../../kernel-ext/session/liveDisplays.js";
import type { SessionEvent } from "../../../kernel-ext/session/protocol.js";

function displays() {
  const events: SessionEvent[] = [];
  const output = new CellOutput(
    (event) => events.push(event),
    (text) => text,
  );
  output.attribution.enter(3);
  return { events, output, live: new LiveDisplays(output) };
}

it("sends at most one update in 100 ms and always the last", () => {
  vi.useFakeTimers();
  const { events, live } = displays();
  const shown = live.show({ "application/json": 0 });
  for (let i = 1; i <= 1000; i++) shown.update({ "application/json": i });
  expect(events.length).toBe(1);
  vi.advanceTimersByTime(100);
  expect(events.at(-1)).toEqual({
    type: "display",
    cell: 3,
    data: { "application/json": 1000 },
    id: shown.id,
    update: true,
  });
  expect(events.length).toBe(2);
  vi.useRealTimers();
});

it("sends what waits at a flush, below the cell that showed it", () => {
  const { events, output, live } = displays();
  const shown = live.show({ "application/json": 0 });
  shown.update({ "application/json": 1 });
  output.attribution.enter(4);
  live.flush();
  expect(events.at(-1)).toMatchObject({ cell: 3, data: { "application/json": 1 }, update: true });
  expect(output.cell).toBe(4);
  live.flush();
  expect(events.length).toBe(2);
});

it("captures instead of showing", async () => {
  const { events, output, live } = displays();
  const captured = await output.capture(async () => {
    output.write("stdout", "text");
    live.show({ "text/plain": "shown" });
    return 5;
  });
  expect(captured).toEqual({ value: 5, stdout: "text", stderr: "", displays: [{ "text/plain": "shown" }] });
  expect(events).toEqual([]);
});
