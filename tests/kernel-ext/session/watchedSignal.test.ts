import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { WatchedSignal } from "../../../kernel-ext/session/watchedSignal.js";

it("is watched by nobody at first", () => {
  expect(new WatchedSignal().isWatched).toBe(false);
});

it.each([
  ["aborted", (signal: AbortSignal) => signal.aborted],
  ["throwIfAborted", (signal: AbortSignal) => signal.throwIfAborted()],
])("is watched while code polls it by %s, no longer afterwards", async (_how, poll) => {
  const watched = new WatchedSignal();
  poll(watched.signal);
  expect(watched.isWatched).toBe(true);
  await sleep(220);
  expect(watched.isWatched).toBe(false);
});

it("is watched as long as somebody listens", () => {
  const watched = new WatchedSignal();
  const listener = () => undefined;
  watched.signal.addEventListener("abort", listener);
  expect(watched.isWatched).toBe(true);
  watched.signal.removeEventListener("abort", listener);
  expect(watched.isWatched).toBe(false);
  watched.signal.onabort = listener;
  expect(watched.isWatched).toBe(true);
});

it("aborts as any signal does", async () => {
  const watched = new WatchedSignal();
  const reason = new Error("enough");
  const nap = sleep(10_000, undefined, { signal: watched.signal });
  const derived = AbortSignal.any([watched.signal]);
  watched.abort(reason);
  await expect(nap).rejects.toMatchObject({ name: "AbortError", cause: reason });
  expect(watched.signal.aborted).toBe(true);
  expect(() => watched.signal.throwIfAborted()).toThrow(reason);
  expect(derived.reason).toBe(reason);
});
