import { expect, test } from "vitest";
import { sweep } from "../../../src/sweep/sweep.js";
import type { SweepOptions } from "../../../src/sweep/sweepOptions.js";
import { newFolder, stage } from "./inProcess.js";

stage();

test.each([
  [
    {},
    /needs maximize or minimize: add --maximize valAccuracy .* maximize: "valAccuracy" in code.*given neither/,
  ],
  [{ minimize: true, maximize: true }, /either maximize or minimize.*given both/],
  [{ minimize: true, trails: 3 }, /options it knows; it was given "trails", the nearest is "trials"/],
  [{ minimize: true, trials: 0 }, /trials needs a whole number.*given 0/],
  [{ minimize: true, sampler: "gp" }, /one of tpe, random, grid; it was given "gp"/],
  [{ minimize: true, pruner: "x" }, /one of none, asha, median; it was given "x"/],
  [{ minimize: true, engine: "ray" }, /engine is local; "ray" is not built/],
  [{ minimize: true, space: { x: [] } }, /"x" needs at least one choice/],
  [{ minimize: true, objective: "/nowhere/objective.ts" }, /module does not exist: \/nowhere/],
])("refuses %j", async (options, message) => {
  const wrong = { objective: () => 1, dir: newFolder(), progress: false, ...options } as SweepOptions;
  await expect(sweep(wrong)).rejects.toThrow(message);
});
