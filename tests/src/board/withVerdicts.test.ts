import { describe, expect, it } from "vitest";
import { labelled } from "../../../src/board/series.js";
import { mostDiagnosed, verdictsOf, withVerdicts } from "../../../src/board/withVerdicts.js";
import { diagnose } from "../../../src/doctor/index.js";
import type { RunData } from "../../../src/track/runData.js";
import { runData, scalarsOf } from "../doctor/recordedRuns.js";
import { recorded, vanishing } from "./diagnosedRuns.js";

const run = (dir: string, more: Partial<RunData> = {}): RunData => ({
  ...runData(recorded(vanishing)),
  dir,
  ...more,
});

describe("verdictsOf", () => {
  it("is the same object while the run is the same, and another when it has grown", () => {
    const first = verdictsOf(run("a"));
    expect(first.map(({ problem }) => problem)).toContain("VanishingGradient");
    expect(verdictsOf(run("a"))).toBe(first);
    const scalars = new Map(
      [...scalarsOf(recorded(vanishing))].filter(([tag]) => !tag.startsWith("gradient")),
    );
    expect(verdictsOf(run("a", { scalars })).map(({ problem }) => problem)).not.toContain(
      "VanishingGradient",
    );
  });

  it("leaves out what is a remark and follows from another verdict", () => {
    const overfitted = runData(recorded("OF1 mnist 200 rows#0"));
    const { verdicts } = diagnose(overfitted);
    expect(verdicts.some(({ severity, follows }) => severity === "info" && follows !== undefined)).toBe(true);
    expect(verdictsOf({ ...overfitted, dir: "of" }).map(({ problem }) => problem)).toEqual(["Overfit"]);
  });

  it("rests, while a run goes on, twenty times as long as the diagnosis took; the end is always seen", () => {
    let time = 1000;
    const slow = () => {
      time += 10;
      return time;
    };
    const early = new Map([...scalarsOf(recorded(vanishing))].slice(0, 1));
    expect(verdictsOf(run("b", { scalars: early, status: "running" }), slow)).toEqual([]);
    // It took 10, from 1010 on.
    expect(verdictsOf(run("b", { status: "running" }), () => 1209)).toEqual([]);
    expect(verdictsOf(run("b", { status: "running" }), () => 1210)).not.toEqual([]);
    verdictsOf(run("c", { scalars: early, status: "running" }), slow);
    expect(verdictsOf(run("c"), () => time)).not.toEqual([]);
  });

  it("looks at the first runs of a board only", () => {
    const many = labelled(Array.from({ length: mostDiagnosed + 2 }, (_, i) => run(`many-${i}`)));
    const seen = withVerdicts(many, (sentence) => expect.fail(sentence)).filter(
      ({ verdicts }) => verdicts !== undefined,
    );
    expect(seen.length).toBe(mostDiagnosed);
  });

  it("tells of a run that cannot be diagnosed, and shows it and the others", () => {
    const model = { layers: 3, parameters: 1 } as never;
    const odd = run("odd", { record: { ...run("odd").record, name: "odd", model } });
    const told: string[] = [];
    const seen = withVerdicts(labelled([odd, run("even")]), (sentence) => told.push(sentence));
    expect(seen.map(({ verdicts }) => verdicts !== undefined)).toEqual([false, true]);
    expect(told).toEqual([
      expect.stringMatching(/^odd is shown without what the doctor says of it: diagnose odd: its record/),
    ]);
  });
});
