import { expect, test } from "vitest";
import { CallQueue } from "../../../../src/train/step/callQueue.js";

test("calls begin one after another, in the order in which they were made", async () => {
  const queue = new CallQueue();
  const told: string[] = [];
  const ends: (() => void)[] = [];
  const call = (name: string) => () => {
    told.push(`${name} begins`);
    return new Promise<string>((done) => {
      ends.push(() => {
        told.push(`${name} ends`);
        done(name);
      });
    });
  };
  const all = ["a", "b", "c"].map((name) => queue.take(call(name)));
  for (const _ of all) {
    await Promise.resolve();
    await new Promise((done) => setImmediate(done));
    ends.shift()?.();
  }
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  expect(told).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("a call that fails is its caller's, and the next one begins", async () => {
  const queue = new CallQueue();
  const failing = queue.take(async () => {
    throw new RangeError("no room");
  });
  const next = queue.take(() => 7);
  await expect(failing).rejects.toThrow("no room");
  expect(await next).toBe(7);
});
