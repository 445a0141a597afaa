import { expect, it } from "vitest";
import { addCollector, withoutLeftovers } from "../../../src/base/leftovers.js";

it("tells collectors of work before and after it, also when it throws, and waits for them", async () => {
  const told: string[] = [];
  addCollector({
    begin: () => void told.push("begin"),
    end: async () => {
      await Promise.resolve();
      told.push("end");
    },
  });
  expect(await withoutLeftovers(async () => told.push("work"))).toBe(2);
  expect(told).toEqual(["begin", "work", "end"]);
  const failing = withoutLeftovers(async () => {
    throw new RangeError("no luck");
  });
  await expect(failing).rejects.toThrow("no luck");
  expect(told).toEqual(["begin", "work", "end", "begin", "end"]);
});

it("begins and ends with the same collectors when one comes meanwhile", async () => {
  const told: string[] = [];
  await withoutLeftovers(async () => {
    addCollector({ begin: () => void told.push("begin"), end: async () => void told.push("end") });
  });
  expect(told).toEqual([]);
});
