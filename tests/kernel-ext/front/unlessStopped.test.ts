import { expect, it } from "vitest";
import { unlessStopped } from "../../../kernel-ext/front/unlessStopped.js";

it("gives what the work gives, and its error", async () => {
  const { signal } = new AbortController();
  expect(await unlessStopped(Promise.resolve(7), signal)).toBe(7);
  await expect(unlessStopped(Promise.reject(new Error("bad")), signal)).rejects.toThrow("bad");
});

it("does not wait for work that does not end when it is stopped", async () => {
  const stop = new AbortController();
  const waited = unlessStopped(new Promise(() => undefined), stop.signal);
  stop.abort();
  expect(await waited).toBeUndefined();
});

it("takes neither value nor error of what was stopped before", async () => {
  const stop = new AbortController();
  stop.abort();
  expect(await unlessStopped(Promise.resolve(7), stop.signal)).toBeUndefined();
  expect(await unlessStopped(Promise.reject(new Error("bad")), stop.signal)).toBeUndefined();
});
