import { expect, test } from "vitest";
import { differingSettings } from "../../../src/track/differingSettings.js";
import type { Configured } from "../../../src/track/runSettings.js";

test("gives the settings in which runs differ, by their flat keys", () => {
  const runs: Configured[] = [
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

test("compares what runs were given, and shows how far each came", () => {
  const cut = { config: { epochs: 50 }, epochs: 6 };
  expect(differingSettings([cut, { config: { epochs: 50 }, epochs: 50 }]).header).toEqual([]);
  expect(differingSettings([cut, { config: { epochs: 6 }, epochs: 6 }]).rows).toEqual([["6/50"], [6]]);
});

test("tells a setting from another column of its name", () => {
  const runs: Configured[] = [{ config: { loss: "hinge", lr: 1 } }, { config: { loss: "squared", lr: 2 } }];
  expect(differingSettings(runs, ["run", "loss"])).toEqual({
    header: ["config.loss", "lr"],
    rows: [
      ["hinge", 1],
      ["squared", 2],
    ],
  });
});
