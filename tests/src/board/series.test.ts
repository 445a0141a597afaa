import { describe, expect, it } from "vitest";
import { labelled, positions } from "../../../src/board/series.js";
import { exampleRun, series } from "./exampleRuns.js";

describe("positions", () => {
  it("are steps, seconds since the start, or milliseconds since 1970", () => {
    const given = series([1, 2, 3], [10, 20, 30]);
    const start = given.wallTimes[0] as number;
    expect([...positions(given, "step", start)]).toEqual([10, 20, 30]);
    expect([...positions(given, "relative", start)]).toEqual([0, 0.25, 0.5]);
    expect(positions(given, "wall", start)[1]).toBe((start + 0.25) * 1000);
  });

  it("are whole milliseconds where a clock gave microseconds, as TensorBoard's writers do", () => {
    const given = { ...series([1, 2]), wallTimes: Float64Array.of(1_760_000_000.1234, 1_760_000_000.1267) };
    expect([...positions(given, "wall", 0)]).toEqual([1_760_000_000_123, 1_760_000_000_127]);
  });
});

describe("labelled", () => {
  it("tells runs of one name apart by their ids", () => {
    const runs = labelled([
      exampleRun("a", {}, {}, { id: "11111111" }),
      exampleRun("a", {}, {}, { id: "22222222" }),
      exampleRun("b", {}),
    ]);
    expect(runs.map((run) => run.label)).toEqual(["a-11111111", "a-22222222", "b"]);
  });
});
