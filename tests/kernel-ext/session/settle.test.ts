import { expect, it } from "vitest";
import { type Steps, settle } from "../../../kernel-ext/session/settle.js";

function* sum(...terms: readonly unknown[]): Steps<number> {
  let total = 0;
  for (const term of terms) total += (yield term) as number;
  return total;
}

it("is done at once where nothing has to be waited for", () => {
  expect(settle(sum(1, 2, 3))).toBe(6);
});

it("waits for promises, and for whatever else has a then", async () => {
  // biome-ignore lint/suspicious/noThenProperty: what has one is waited for.
  const thenable = { then: (done: (value: number) => void) => done(3) };
  const whole = settle(sum(1, Promise.resolve(2), thenable, 4));
  expect(whole).toBeInstanceOf(Promise);
  expect(await whole).toBe(10);
});

function* careful(value: unknown): Steps<string> {
  try {
    yield value;
    return "well";
  } catch (error) {
    return `caught ${(error as Error).message}`;
  }
}

it("throws what a promise fails with where it was yielded", async () => {
  expect(await settle(careful(Promise.reject(new Error("late"))))).toBe("caught late");
  await expect(settle(sum(1, Promise.reject(new Error("late"))))).rejects.toThrow("late");
});

it("throws at once what the steps throw before any promise, and rejects with it after one", async () => {
  function* failing(first: unknown): Steps<never> {
    yield first;
    throw new Error("own");
  }
  expect(() => settle(failing(1))).toThrow("own");
  await expect(settle(failing(Promise.resolve(1)))).rejects.toThrow("own");
});
