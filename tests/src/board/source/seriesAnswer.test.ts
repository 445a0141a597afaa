import { describe, expect, it } from "vitest";
import { labelled } from "../../../../src/board/series.js";
import { smooth, smoothSeries } from "../../../../src/board/smooth.js";
import type { SeriesAnswer } from "../../../../src/board/source/pageSource.js";
import { seriesAnswer } from "../../../../src/board/source/seriesAnswer.js";
import { seriesBytes, seriesFromBytes } from "../../../../src/board/source/seriesBytes.js";
import { exampleRun, series } from "../exampleRuns.js";

const long = Array.from(
  { length: 20_000 },
  (_, i) => Math.sin(i / 900) + (i === 12_345 ? 50 : i === 777 ? -50 : 0),
);
const restarted = series([1, 2, 3, 9, 4], [0, 1, 2, 1, 2]);
const runs = labelled([
  exampleRun("long", { loss: series(long), short: series([1, 2]) }),
  exampleRun("restarted", { loss: restarted }),
]);
const ask = (more: object) =>
  seriesAnswer({ runs, sweeps: [] }, { tags: ["loss"], runs: ["long"], x: "step", points: 500, ...more });

describe("seriesAnswer", () => {
  it("gives at most the points that were asked for, every extreme and the ends among them", () => {
    const { values, steps } = ask({})[0]!.series;
    expect(values.length).toBeLessThanOrEqual(500);
    expect([Math.max(...values), Math.min(...values)]).toEqual([Math.max(...long), Math.min(...long)]);
    expect([steps[0], steps.at(-1)]).toEqual([0, 19_999]);
  });

  it("gives every point within a range, and few outside", () => {
    const { steps, values } = ask({ range: [5000, 5400] })[0]!.series;
    const inside = [...steps].filter((step) => step >= 5000 && step <= 5400);
    expect(inside).toEqual(Array.from({ length: 401 }, (_, i) => 5000 + i));
    expect(steps.length).toBeLessThan(401 + 130);
    expect([...values]).toEqual([...steps].map((step) => long[step]));
  });

  it("smooths within a range as if all points before it were there", () => {
    const { steps, ...rest } = ask({ range: [5000, 5400] })[0]!.series;
    const ours = smoothSeries({ steps, ...rest }, 0.99);
    const whole = smooth(long, 0.99);
    for (const [i, step] of steps.entries())
      if (step >= 5000 && step <= 5400) expect(ours[i]).toBeCloseTo(whole[step] as number, 1);
  });

  it("gives nothing of a range without points but what lies around it", () => {
    const { steps } = ask({ range: [30_000, 40_000] })[0]!.series;
    expect(steps.length).toBeLessThanOrEqual(60);
    expect(steps.at(-1)).toBe(19_999);
  });

  it("leaves out what a restart has written anew", () => {
    const [answer] = ask({ runs: ["restarted"] });
    expect([[...answer!.series.steps], [...answer!.series.values]]).toEqual([
      [0, 1, 2],
      [1, 9, 4],
    ]);
  });

  it("gives the same object while the run does not change", () => {
    expect(ask({})[0]!.series).toBe(ask({})[0]!.series);
  });
});

describe("seriesBytes", () => {
  it("comes back to the last bit, whatever the tags are called", () => {
    const odd = [0, -0, 0.1, Number.NaN, Number.NEGATIVE_INFINITY, 1e300, 2 ** 31, 5e-324];
    const answers: SeriesAnswer[] = [
      { run: "größe\u2028</script>", tag: "a/\u{1f600}", series: series(odd) },
      { run: "b", tag: "", series: ask({})[0]!.series },
      { run: "c", tag: "none", series: series([]) },
    ];
    const back = seriesFromBytes(seriesBytes(answers).buffer);
    expect(back.map(({ run, tag }) => [run, tag])).toEqual(answers.map(({ run, tag }) => [run, tag]));
    for (const [i, { series: given }] of answers.entries())
      for (const name of ["steps", "values", "wallTimes", "counts", "means"] as const)
        expect(back[i]?.series[name] && [...back[i].series[name]]).toEqual(given[name] && [...given[name]]);
    expect(Object.is(back[0]?.series.values[1], -0)).toBe(true);
  });

  it("needs four bytes for each step and float32", () => {
    const count = 1000;
    const values = Array.from({ length: count }, (_, i) => Math.fround(i / 7));
    const bytes = seriesBytes([{ run: "a", tag: "b", series: series(values) }]).length;
    expect(bytes).toBeLessThan(count * 16 + 200);
  });
});
