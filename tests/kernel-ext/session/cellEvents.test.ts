import { EventEmitter, once } from "node:events";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Attribution } from "../../../kernel-ext/session/attribution.js";
import { attributeEvents } from "../../../kernel-ext/session/cellEvents.js";

const attribution = new Attribution();
const names = ["on", "addListener", "prependListener", "once", "prependOnceListener"] as const;
const native = names.map((name) => [name, EventEmitter.prototype[name]] as const);
beforeAll(() => attributeEvents(attribution));
afterAll(() => {
  for (const [name, method] of native) Object.assign(EventEmitter.prototype, { [name]: method });
});

function inCell<T>(cell: number, work: () => T): T {
  return attribution.within(cell, work);
}

it.each(names)("%s: a listener runs as its cell's, and is taken away by the function given", (name) => {
  const emitter = new EventEmitter();
  const seen: unknown[] = [];
  const listener = function (this: unknown, value: number) {
    seen.push([value, attribution.cell, this === emitter]);
  };
  inCell(3, () => emitter[name]("event", listener));
  inCell(4, () => undefined);
  expect(emitter.listeners("event")).toEqual([listener]);
  expect(emitter.listenerCount("event", listener)).toBe(1);
  emitter.emit("event", 7);
  expect(seen).toEqual([[7, 3, true]]);
  if (name.toLowerCase().includes("once")) {
    emitter.emit("event", 8);
    inCell(3, () => emitter[name]("event", listener));
  }
  emitter.off("event", listener);
  emitter.emit("event", 9);
  expect(seen).toHaveLength(1);
  expect(emitter.listenerCount("event")).toBe(0);
});

it("keeps the order, the answer to once, and the emitting cell", async () => {
  const emitter = new EventEmitter();
  const seen: string[] = [];
  inCell(1, () => emitter.on("event", () => seen.push(`last ${attribution.cell}`)));
  inCell(2, () => emitter.prependListener("event", () => seen.push(`first ${attribution.cell}`)));
  emitter.emit("event");
  inCell(5, () => emitter.emit("event"));
  expect(seen).toEqual(["first 2", "last 1", "first 5", "last 5"]);
  const answer = inCell(1, () => once(emitter, "done"));
  emitter.emit("done", "value");
  expect(await answer).toEqual(["value"]);
});

it("refuses what is no function as Node does", () => {
  expect(() => inCell(1, () => new EventEmitter().on("event", 5 as never))).toThrow(/"listener" argument/);
  expect(() => inCell(1, () => new EventEmitter().once("event", null as never))).toThrow(
    /"listener" argument/,
  );
});
