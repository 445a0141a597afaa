import { expect, test } from "vitest";
import { differingSettings, type Settings } from "../../../src/track/differingSettings.js";

test("gives the settings in which runs differ, by their flat keys", () => {
  const runs: Settings[] = [
    { config: { seed: 1, optimizer: { lr: 0.1 }, shuffle: true } },
    { config: { seed: 1, optimizer: { lr: 0.2 } } },
  ];
  expect(differingSettings(runs)).toEqual({
    header: ["optimizer.lr", "shuffle"],
    rows: [
      [0.1, "true"],
      [0.2, undefined],
    ],
  });
  expect(differingSettings([])).toEqual({ header: [], rows: [] });
});

test("says of a training that ended early how many of its epochs it came to", () => {
  const runs = [
    { config: { epochs: 50 }, epochs: 6 },
    { config: { epochs: 6 }, epochs: 6 },
    { config: { epochs: 7 } },
    { config: { epochs: "many" }, epochs: 2 },
  ];
  expect(differingSettings(runs).rows).toEqual([["6/50"], [6], [7], ["many"]]);
});
