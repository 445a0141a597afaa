import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CellOutlet } from "../../../kernel-ext/front/cellOutlet.js";
import { CellText } from "../../../kernel-ext/front/cellText.js";

type Name = "stdout" | "stderr";
interface Sent {
  readonly cell: string | undefined;
  readonly name: Name;
  readonly text: string;
  /** Milliseconds. */
  readonly at: number;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.advanceTimersByTime(1000);
});
afterEach(() => void vi.useRealTimers());

function outlet() {
  const sent: Sent[] = [];
  const made = new CellOutlet((_type, parent, content) => {
    const { name, text } = content as { name: Name; text: string };
    sent.push({ cell: parent.msg_id, name, text, at: performance.now() });
  });
  made.open(1, { parent: { msg_id: "one" }, count: 1, silent: false });
  made.open(2, { parent: { msg_id: "two" }, count: 2, silent: false });
  return { made, sent };
}

const isNote = ({ text }: Sent) => text.includes("[tunelab:");

/** Writes `count` lines in turn on both streams, so many each millisecond, and then waits. */
function alternate(made: CellOutlet, count: number, perMillisecond: number): void {
  for (let line = 0; line < count; line++) {
    made.stream(1, line % 2 ? "stderr" : "stdout", `${line}\n`);
    if (line % perMillisecond > 0) continue;
    made.flushSoon();
    vi.advanceTimersByTime(1);
  }
  made.flushSoon();
  vi.advanceTimersByTime(5000);
}

it("keeps the order of 1,000 changes between the streams, however fast they come", () => {
  const { made, sent } = outlet();
  alternate(made, 1000, 100);
  expect(sent.map(({ text }) => text)).toEqual(Array.from({ length: 1000 }, (_, line) => `${line}\n`));
});

it("makes few messages of 200,000 lines that change streams, loses none, and says once where their order ends", () => {
  const { made, sent } = outlet();
  alternate(made, 200_000, 100);
  expect(sent.length).toBeLessThan(1200);
  const lines = sent.filter((one) => !isNote(one));
  for (const [at, name] of (["stdout", "stderr"] as const).entries()) {
    const text = lines.filter((one) => one.name === name).map((one) => one.text);
    expect(text.join("")).toBe(Array.from({ length: 100_000 }, (_, line) => `${2 * line + at}\n`).join(""));
  }
  const told = sent.findIndex(isNote);
  expect(sent.filter(isNote).length).toBe(1);
  expect(sent[told]).toMatchObject({
    name: "stderr",
    text: expect.stringContaining("more than 1,000 times"),
  });
  expect(sent.slice(0, told).map(({ text }) => text)).toEqual(
    Array.from({ length: told }, (_, line) => `${line}\n`),
  );
  // Who then writes slowly is shown in order again.
  sent.length = 0;
  for (let line = 0; line < 8; line++) {
    made.stream(1, line % 2 ? "stderr" : "stdout", `${line}\n`);
    made.flushSoon();
    vi.advanceTimersByTime(400);
  }
  expect(sent.map(({ text }) => text).join("")).toBe("0\n1\n2\n3\n4\n5\n6\n7\n");
  // And what was cleared counts no more.
  made.take({ type: "clear", cell: 1, wait: false });
  sent.length = 0;
  alternate(made, 1000, 1000);
  expect(sent.map(({ text }) => text)).toEqual(Array.from({ length: 1000 }, (_, line) => `${line}\n`));
});

const most = 16 * 1024 * 1024;

/** A cell's text alone, and what it sent. */
function text() {
  const sent: { readonly name: Name; readonly text: string }[] = [];
  const cell = new CellText();
  const flush = () => cell.flush((content) => sent.push(content));
  return { cell, sent, flush };
}

it("takes no more once it has sent all that it may, and says so once, whatever else waits", () => {
  const { cell, sent, flush } = text();
  cell.add("stdout", "x".repeat(most));
  flush();
  cell.add("stdout", "y");
  cell.add("stderr", "z");
  flush();
  expect(sent.map(({ name, text }) => [name, text.slice(0, 30)])).toEqual([
    ["stdout", "x".repeat(30)],
    ["stderr", "\n[tunelab: this cell wrote mor"],
  ]);
  cell.add("stdout", "more");
  expect(cell.length).toBe(0);
});

it("waits a breath after its first message, and twenty after 1,000 changes between the streams", () => {
  const { cell, sent, flush } = text();
  const wait = () => {
    flush();
    const from = performance.now();
    cell.add("stdout", ".");
    return cell.dueAt - from;
  };
  expect(wait()).toBe(10);
  for (let line = 0; line < 999; line++) cell.add(line % 2 ? "stdout" : "stderr", ".");
  // A fifth of the twenty: nothing has come since.
  expect(wait()).toBe(40);
  expect(sent.length).toBe(1000);
});

it("tells of a lost order anew when the cell's output was cleared", () => {
  const { made, sent } = outlet();
  for (const _time of [1, 2]) {
    alternate(made, 3000, 100);
    expect(sent.filter(isNote).length).toBe(1);
    made.take({ type: "clear", cell: 1, wait: false });
    sent.length = 0;
  }
});

it("makes no message of each line where two cells write in turn", () => {
  const { made, sent } = outlet();
  for (let line = 0; line < 2000; line++) made.stream(1 + (line % 2), "stdout", `${line}\n`);
  made.flush();
  expect(sent.map(({ cell, text }) => [cell, text.split("\n").length - 1])).toEqual([
    ["one", 1000],
    ["two", 1000],
  ]);
});

it.each([
  [500, 8],
  [1000, 8],
  [1000, 1],
])("shows a line each %i ms at most 200 ms late after %i MB of text", (milliseconds, megabytes) => {
  const { made, sent } = outlet();
  made.stream(1, "stdout", "x".repeat(megabytes * 1024 * 1024));
  made.flush();
  vi.advanceTimersByTime(2000);
  sent.length = 0;
  const began = performance.now();
  for (let line = 0; line < 20; line++) {
    made.stream(1, "stdout", `${line}\n`);
    made.flushSoon();
    vi.advanceTimersByTime(milliseconds);
  }
  expect(sent.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, line) => `${line}\n`));
  const late = sent.map(({ at }, line) => Math.round(at - began - line * milliseconds));
  expect(Math.max(...late)).toBeLessThanOrEqual(200);
});

it("has a client draw 8 MB again at most every 400 ms, whatever the pauses between lines", () => {
  for (const milliseconds of [1, 50, 150, 201, 250, 399]) {
    const { made, sent } = outlet();
    made.stream(1, "stdout", "x".repeat(8 * 1024 * 1024));
    made.flush();
    const begun = performance.now();
    while (performance.now() - begun < 10_000) {
      made.stream(1, "stdout", ".");
      made.flushSoon();
      vi.advanceTimersByTime(milliseconds);
    }
    const times = sent.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] as number));
    expect(Math.min(...gaps), `${milliseconds} ms`).toBeGreaterThanOrEqual(400);
    expect(Math.max(...gaps), `${milliseconds} ms`).toBeLessThanOrEqual(2001);
  }
});
