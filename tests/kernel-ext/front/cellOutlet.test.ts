import { describe, expect, it, vi } from "vitest";
import { CellOutlet } from "../../../kernel-ext/front/cellOutlet.js";

function outlet() {
  const sent: [string, unknown, unknown][] = [];
  const made = new CellOutlet((type, parent, content) => sent.push([type, parent.msg_id, content]));
  made.open(1, { parent: { msg_id: "one" }, count: 1, silent: false });
  made.open(2, { parent: { msg_id: "two" }, count: 2, silent: false });
  made.open(-1, { parent: { msg_id: "hush" }, count: 2, silent: true });
  return { made, sent };
}

const text = (cell: number, words: string) =>
  ({ type: "stream", cell, name: "stdout", text: words }) as const;

describe("CellOutlet", () => {
  it("joins text of one cell and stream, and keeps the order of everything else", () => {
    const { made, sent } = outlet();
    made.take(text(1, "a"));
    made.take(text(1, "b"));
    made.take(text(2, "c"));
    made.take({ type: "display", cell: 2, data: { "text/plain": "d" }, id: "x" });
    made.take(text(2, "e"));
    made.flush();
    expect(sent).toEqual([
      ["stream", "one", { name: "stdout", text: "ab" }],
      ["stream", "two", { name: "stdout", text: "c" }],
      ["display_data", "two", { data: { "text/plain": "d" }, metadata: {}, transient: { display_id: "x" } }],
      ["stream", "two", { name: "stdout", text: "e" }],
    ]);
  });

  it("sends the first text at once and later text a breath apart", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.advanceTimersByTime(1000);
    const { made, sent } = outlet();
    for (let i = 0; i < 100; i++) {
      made.take(text(1, `${i} `));
      made.flushSoon();
    }
    expect(sent).toEqual([["stream", "one", { name: "stdout", text: "0 " }]]);
    vi.advanceTimersByTime(10);
    expect(sent.length).toBe(2);
    expect(sent[1]?.[2]).toMatchObject({ text: expect.stringMatching(/^1 2 .* 99 $/) });
    vi.useRealTimers();
  });

  it("sends the less often the more a cell has written, as each message has all of it drawn again", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.advanceTimersByTime(1000);
    const { made, sent } = outlet();
    const messagesWithin = (milliseconds: number) => {
      const before = sent.length;
      for (let elapsed = 0; elapsed < milliseconds; elapsed++) {
        made.take(text(1, "."));
        made.flushSoon();
        vi.advanceTimersByTime(1);
      }
      return sent.length - before;
    };
    expect(messagesWithin(1000)).toBeGreaterThan(90);
    made.take(text(1, "x".repeat(640 * 1024)));
    made.flush();
    expect(messagesWithin(2000)).toBe(4);
    made.take(text(1, "x".repeat(8 * 1024 * 1024)));
    made.flush();
    expect(messagesWithin(8000)).toBe(4);
    // But what waits stays small: it is the front's memory.
    for (let i = 0; i < 5; i++) made.take(text(1, "x".repeat(1024 * 1024)));
    expect(sent.at(-1)?.[2]).toMatchObject({ text: expect.stringMatching(/^\.*x+$/) });
    // Another cell is not kept waiting by it.
    made.take(text(2, "at once"));
    vi.advanceTimersByTime(10);
    made.flushSoon();
    expect(sent.at(-1)).toEqual(["stream", "two", { name: "stdout", text: "at once" }]);
    vi.useRealTimers();
  });

  it("sends nothing of a silent cell, however late", () => {
    const { made, sent } = outlet();
    made.take(text(-1, "unseen"));
    made.flush();
    for (let i = 2; i < 3000; i++) {
      made.open(-i, { parent: { msg_id: `u${i}` }, count: 2, silent: i % 2 === 0 });
    }
    made.take(text(-1, "unseen"));
    made.take({ type: "result", cell: -1, data: {} });
    made.error(-1, { ename: "E", evalue: "", traceback: [] });
    made.flush();
    expect(sent).toEqual([]);
  });

  it("finds the place of a cell's late output after any number of comm messages and uncounted cells", () => {
    const { made, sent } = outlet();
    for (let i = 2; i < 3000; i++) {
      made.open(-i, { parent: { msg_id: `u${i}` }, count: 2, silent: false, comm: i % 2 === 0 });
    }
    made.take(text(1, "late"));
    made.take(text(-2998, "slid"));
    made.flush();
    expect(sent.map(([, parent]) => parent)).toEqual(["one", "u2998"]);
  });

  it("puts below the last cell what has no owner, or has lost it", () => {
    const { made, sent } = outlet();
    made.open(-2, { parent: { msg_id: "slider" }, count: 2, silent: false, comm: true });
    made.take(text(0, "nobody's"));
    made.flush();
    for (let i = 3; i <= 1002; i++) made.open(i, { parent: { msg_id: `c${i}` }, count: i, silent: false });
    made.take(text(1, "old"));
    made.take({ type: "display", cell: 1, data: {} });
    made.error(1, { ename: "E", evalue: "", traceback: [] });
    expect(made.parent(1)).toEqual({ msg_id: "c1002" });
    expect(sent.map(([type, parent]) => [type, parent])).toEqual([
      ["stream", "two"],
      ["stream", "c1002"],
      ["display_data", "c1002"],
      ["error", "c1002"],
    ]);
  });

  it.each([true, false])("lets a cell write as much anew when its output is cleared, wait %s", (wait) => {
    const { made, sent } = outlet();
    const fill = (cell: number) => {
      made.take(text(cell, "x".repeat(16 * 1024 * 1024 + 1)));
      made.take(text(cell, "lost"));
      made.flush();
    };
    fill(1);
    fill(2);
    made.take({ type: "clear", cell: 1, wait });
    sent.length = 0;
    made.take(text(1, "seen"));
    made.take(text(2, "lost"));
    made.flush();
    expect(sent).toEqual([["stream", "one", { name: "stdout", text: "seen" }]]);
    fill(1);
    expect(sent.slice(1).map(([, , content]) => (content as { text: string }).text.length)).toEqual([
      16 * 1024 * 1024 - "seen".length,
      expect.any(Number),
    ]);
    expect(sent.at(-1)?.[2]).toMatchObject({ text: expect.stringContaining("wrote more than 16 MB") });
  });
});
