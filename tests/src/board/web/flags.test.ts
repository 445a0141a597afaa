import { describe, expect, it } from "vitest";
import { flagsOf } from "../../../../src/board/web/flags.js";
import { linesOf } from "../../../../src/board/web/lines.js";
import { diagnosed, overfitted, sound } from "../diagnosedRuns.js";

describe("flagsOf", () => {
  it("puts the verdicts of the drawn runs at their epochs, those of one place together", () => {
    const [one, healthy] = diagnosed(overfitted, sound);
    if (!one || !healthy) throw new Error("two runs were asked for");
    const twin = { ...one, label: "twin" };
    const runs = [one, twin, healthy];
    const tag = "epoch/valLoss";
    const lines = linesOf(
      runs.map(({ label, data }) => ({ run: label, tag, series: data.scalars.get(tag) as never })),
      {
        smoothing: 0,
        x: "step",
        colours: new Map(runs.map(({ label }) => [label, "#000"])),
        starts: new Map(),
        tags: [tag],
      },
    );
    const [flag, ...others] = flagsOf(lines, runs);
    expect(others).toEqual([]);
    expect(flag && [flag.name, flag.colour, flag.runs, flag.x]).toEqual([
      "Overfit ×2",
      undefined,
      [one.label, "twin"],
      one.verdicts?.[0]?.epoch,
    ]);
    // Of one of several runs: its name and its colour.
    const [own] = flagsOf(lines, [one, healthy]);
    expect(own && [own.name, own.colour]).toEqual([`Overfit · ${one.label}`, "#000"]);
    const [alone] = flagsOf(lines.slice(0, 1), [one]);
    expect(alone && [alone.name, alone.colour]).toEqual(["Overfit", undefined]);
    expect(flagsOf(lines, [healthy])).toEqual([]);
    expect(flagsOf([], runs)).toEqual([]);
  });
});
