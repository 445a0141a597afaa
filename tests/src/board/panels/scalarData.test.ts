import { describe, expect, it } from "vitest";
import { scalarData } from "../../../../src/board/panels/scalarData.js";
import { scalarRows } from "../../../../src/board/panels/scalarRows.js";
import type { PanelStyle } from "../../../../src/board/section.js";
import { labelled } from "../../../../src/board/series.js";
import { exampleRun, series } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

const runs = labelled([exampleRun("a", { loss: series([3, Number.NaN], [0, 4]) })]);

function csvOf(style: PanelStyle, unit = 1): string {
  const rows = scalarRows(["loss"], runs, style);
  const { data } = scalarData(rows, { runs, style, paired: false, unit });
  return (data as { values: string }).values;
}

describe("scalarData", () => {
  it("has of each point its run, place, value, smoothed value, time, and what is not finite in words", () => {
    expect(csvOf(panelStyle)).toBe("r,x,v,s,t,b\n0,0,3,3,0,\n0,4,,,0.3,NaN");
  });

  it("has the step too where that is not the axis, whose places it gives in the axis's unit", () => {
    expect(csvOf({ ...panelStyle, x: "relative" }, 0.5)).toBe(
      "r,x,n,v,s,t,b\n0,0,0,3,3,0,\n0,0.5,4,,,0.3,NaN",
    );
  });

  it("tells moments apart that a clock gave in microseconds", () => {
    const times = Float64Array.of(1_760_000_000.1234, 1_760_000_001.5678);
    const [run] = labelled([exampleRun("a", { loss: { ...series([3, 2]), wallTimes: times } })]);
    const style: PanelStyle = { ...panelStyle, x: "wall" };
    const shown = run ? [run] : [];
    const rows = scalarRows(["loss"], shown, style);
    const { data } = scalarData(rows, { runs: shown, style, paired: false, unit: 1 });
    expect((data as { values: string }).values).toBe(
      "r,x,n,v,s,t\n0,1760000000123,0,3,3,0\n0,1760000001568,1,2,2,1.4",
    );
  });

  it("has each level of smoothing but the raw values where one is to be chosen", () => {
    const [head, first] = csvOf({ ...panelStyle, smoothing: undefined, levels: true }).split("\n");
    expect(head).toBe("r,x,v,s1,s2,s3,s4,s5,s6,t,b");
    expect(first).toBe("0,0,3,3,3,3,3,3,3,0,");
  });
});
