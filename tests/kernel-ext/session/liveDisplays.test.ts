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

it("keeps 100 ms between two updates of a display, however they come, two displays apart", () => {
  vi.useFakeTimers();
  const { events, live } = displays();
  const begun = performance.now();
  const sentAt = new Map<string, number[]>();
  const shown = [0, 30].map((late) => {
    vi.advanceTimersByTime(late);
    return live.show({ "application/json": 0 });
  });
  events.length = 0;
  for (let i = 1; i <= 400; i++) {
    for (const one of shown) one.update({ "application/json": i });
    // What was held back leaves by a timer, between two calls.
    for (let millisecond = 0; millisecond < 5; millisecond++) {
      for (const event of events.splice(0)) {
        if (event.type !== "display" || event.id === undefined) throw new Error(`sent ${event.type}`);
        const times = sentAt.get(event.id) ?? [];
        sentAt.set(event.id, [...times, performance.now() - begun]);
      }
      vi.advanceTimersByTime(1);
    }
  }
  expect(sentAt.size).toBe(2);
  for (const times of sentAt.values()) {
    expect(times.length).toBeGreaterThanOrEqual(19);
    for (let i = 1; i < times.length; i++)
      expect((times[i] as number) - (times[i - 1] as number)).toBeGreaterThanOrEqual(100);
  }
  vi.useRealTimers();
});

it("comes back for the last update of each display, and counts the first from when it was shown", () => {
  vi.useFakeTimers();
  const { events, live } = displays();
  // Later than an interval after the clock's zero.
  vi.advanceTimersByTime(1000);
  const first = live.show({ "application/json": 0 });
  vi.advanceTimersByTime(30);
  const second = live.show({ "application/json": 0 });
  vi.advanceTimersByTime(10);
  for (const one of [first, second]) one.update({ "application/json": 1 });
  const idsSent = () => events.splice(0).map((event) => event.type === "display" && event.id);
  expect(idsSent()).toEqual([first.id, second.id]);
  vi.advanceTimersByTime(59);
  expect(idsSent()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(idsSent()).toEqual([first.id]);
  vi.advanceTimersByTime(29);
  expect(idsSent()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(idsSent()).toEqual([second.id]);
  vi.useRealTimers();
});

it("comes back for the one due first of those that wait", () => {
  vi.useFakeTimers();
  const { events, live } = displays();
  vi.advanceTimersByTime(1000);
  const shown = [0, 30, 30].map((late) => {
    vi.advanceTimersByTime(late);
    return live.show({ "application/json": 0 });
  });
  events.length = 0;
  for (const one of shown) one.update({ "application/json": 1 });
  const idsSent = () => events.splice(0).map((event) => event.type === "display" && event.id);
  for (const [wait, one] of [40, 30, 30].entries()) {
    vi.advanceTimersByTime(one - 1);
    expect(idsSent()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(idsSent()).toEqual([shown[wait]?.id]);
  }
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
