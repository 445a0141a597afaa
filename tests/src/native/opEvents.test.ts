import { describe, expect, it } from "vitest";
import { OpEvents } from "../../../src/native/opEvents.js";

describe("OpEvents", () => {
  it("is bounded, and counts what it leaves out", () => {
    const events = new OpEvents(100, 2);
    const none = { scope: undefined, flops: undefined, bytes: undefined };
    for (let i = 0; i < 5; i++) events.add({ name: `op${i}`, begin: 100 + i, end: 101 + i }, none);
    expect(events.list.map(({ name, begin, milliseconds }) => [name, begin, milliseconds])).toEqual([
      ["op0", 0, 1],
      ["op1", 1, 1],
    ]);
    expect(events.leftOut).toBe(3);
  });
});
