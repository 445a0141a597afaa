import { describe, expect, it } from "vitest";
import type { Execution } from "../../../kernel-ext/front/execution.js";
import { Occupation } from "../../../kernel-ext/front/occupation.js";

const execution = (cell: number) => ({ cell }) as Execution;

describe("patience with interrupts", () => {
  it("ends more than 3 s after the first one, however many there were", () => {
    let now = 500;
    const occupation = new Occupation(() => now);
    const told = [0, 1000, 1900, 100, 1].map((later) => {
      now += later;
      return occupation.isPastPatience();
    });
    expect(told).toEqual([false, false, false, false, true]);
  });

  it.each(["end", "freed"] as const)("begins anew after %s", (what) => {
    let now = 0;
    const occupation = new Occupation(() => now);
    occupation.begin(execution(1));
    occupation.isPastPatience();
    occupation[what]();
    now = 4000;
    expect(occupation.isPastPatience()).toBe(false);
    now = 7001;
    expect(occupation.isPastPatience()).toBe(true);
  });
});

it("has a place for the kernel's own words while a silent cell runs, which is no place to see them", () => {
  const occupation = new Occupation();
  occupation.takeUp(3);
  occupation.begin({ cell: -1, request: { silent: true } } as Execution);
  expect([occupation.silent, occupation.place, occupation.visiblePlace]).toEqual([true, -1, 3]);
  occupation.end();
  expect([occupation.silent, occupation.place, occupation.visiblePlace]).toEqual([false, 3, 3]);
  occupation.begin({ cell: 4, request: { silent: false } } as Execution);
  expect([occupation.silent, occupation.place, occupation.visiblePlace]).toEqual([false, 4, 4]);
});

it("puts text without a cell below what runs, a comm message too, and else below the last cell", () => {
  const occupation = new Occupation();
  expect(occupation.place).toBe(0);
  occupation.takeUp(3);
  expect(occupation.place).toBe(3);
  occupation.begin(execution(-7));
  expect(occupation.place).toBe(-7);
  occupation.end();
  expect(occupation.place).toBe(3);
  expect(occupation.current).toBeUndefined();
});
