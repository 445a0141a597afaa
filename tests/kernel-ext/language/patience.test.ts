import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inTime, unlessAborted } from "../../../kernel-ext/language/patience.js";
import { LateAnswer } from "../../../kernel-ext/language/serverProcess.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How long a question that is never answered is waited for, by a server that works `share` of the time. */
async function waited(share: number | undefined): Promise<number> {
  const begin = performance.now();
  const used = () => (share === undefined ? undefined : share * (performance.now() - begin));
  const asked = inTime(new Promise<never>(() => {}), { method: "hover", limit: 1000, used });
  const end = asked.catch((error: unknown) => {
    expect(error).toBeInstanceOf(LateAnswer);
    return performance.now() - begin;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  return await (end as Promise<number>);
}

it("gives a server up that worked as long as it may", async () => {
  expect(await waited(1)).toBe(1000);
  expect(await waited(2)).toBe(1000);
});

it("waits longer for one that the machine keeps from working, but not without end", async () => {
  expect(await waited(0.5)).toBeGreaterThanOrEqual(2000);
  expect(await waited(0.5)).toBeLessThan(2200);
  expect(await waited(0)).toBeGreaterThanOrEqual(6000);
  expect(await waited(0)).toBeLessThan(7100);
});

it("goes by the clock where nobody knows how long it worked", async () => {
  expect(await waited(undefined)).toBe(1000);
});

it("passes an answer on that comes late, and an error", async () => {
  const answer = new Promise((resolve) => setTimeout(() => resolve("late"), 4000));
  const asked = inTime(answer, { method: "hover", limit: 1000, used: () => 0 });
  await vi.advanceTimersByTimeAsync(4000);
  expect(await asked).toBe("late");
  const failed = inTime(Promise.reject(new Error("gone")), { method: "hover", limit: 1000, used: () => 0 });
  await expect(failed).rejects.toThrow("gone");
});

it("hears an answer that fails after its question was withdrawn, before it was asked too", async () => {
  vi.useRealTimers();
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on("unhandledRejection", hear);
  try {
    const withdrawn = async (signal: AbortSignal) => {
      let cancel = () => {};
      const answer = new Promise((_, fail) => {
        cancel = () => fail(new Error("cancelled"));
      });
      await expect(unlessAborted(answer, signal)).rejects.toThrow("withdrawn");
      cancel();
    };
    await withdrawn(AbortSignal.abort(new Error("withdrawn before")));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("withdrawn after")), 1);
    await withdrawn(stop.signal);
    // Node tells of it when its microtasks are done.
    await new Promise((done) => setTimeout(done, 1));
  } finally {
    process.off("unhandledRejection", hear);
  }
  expect(unheard).toEqual([]);
});
