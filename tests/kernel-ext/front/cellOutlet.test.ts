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

  it("sends nothing of a silent cell, nor of one it does not know", () => {
    const { made, sent } = outlet();
    made.take(text(-1, "unseen"));
    made.take(text(77, "unknown"));
    made.take({ type: "result", cell: -1, data: {} });
    made.error(-1, { ename: "E", evalue: "", traceback: [] });
    made.flush();
    expect(sent).toEqual([]);
  });
});
