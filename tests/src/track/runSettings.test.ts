import { expect, test } from "vitest";
import { runSettings } from "../../../src/track/runSettings.js";

test("has flat keys, and truth values as words", () => {
  const settings = runSettings({ config: { optimizer: { lr: 0.1 }, shuffle: true } });
  expect([...settings]).toEqual([
    ["optimizer.lr", 0.1],
    ["shuffle", "true"],
  ]);
});

test.each([
  [50, 6, "6/50"],
  [6, 6, 6],
  [7, undefined, 7],
  ["many", 2, "many"],
  [5, 9, 5],
])("of %s epochs given and %s finished it says %s", (given, finished, shown) => {
  const run = { config: { epochs: given }, ...(finished !== undefined && { epochs: finished }) };
  expect(runSettings(run).get("epochs")).toBe(shown);
});
