import { describe, expect, it } from "vitest";
import { constantCharts, written } from "../../../src/board/constants.js";
import { boardSettings } from "../../../src/board/options.js";
import { labelled } from "../../../src/board/series.js";
import { boardSpec } from "../../../src/board/spec.js";
import { boardText } from "../../../src/board/text.js";
import { exampleRun, series } from "./exampleRuns.js";

const plain = {
  "train/loss": series([3, 2, 1]),
  "train/learningRate": series([0.05, 0.05, 0.05]),
  "gradientNonFinite/a/kernel": series([0, 0]),
  "gradientNonFinite/b/kernel": series([0, 0]),
  "activationZero/a": series([0, 0]),
  "activationZero/b": series([0, 0.5]),
};
const one = labelled([exampleRun("one", plain)]);
const names = (scalars: Parameters<typeof exampleRun>[1], layers = true) =>
  constantCharts(labelled([exampleRun("x", scalars)]), layers).map(({ name }) => name);

describe("constantCharts", () => {
  it("finds the charts whose series all have one value", () => {
    expect(constantCharts(one, true)).toEqual([
      { name: "learningRate", value: 0.05, tags: ["train/learningRate"] },
      {
        name: "gradientNonFinite",
        value: 0,
        tags: ["gradientNonFinite/a/kernel", "gradientNonFinite/b/kernel"],
      },
    ]);
    expect(constantCharts(one, false).map(({ name }) => name)).toEqual(["learningRate"]);
  });

  it("takes a value for constant only if it is that of all runs", () => {
    const other = exampleRun("two", { ...plain, "train/learningRate": series([0.1, 0.1]) });
    const same = exampleRun("two", { ...plain, "gradientNonFinite/a/kernel": series([0, 1]) });
    const found = (run: typeof other) => constantCharts(labelled([exampleRun("one", plain), run]), true);
    expect(found(other).map(({ name }) => name)).toEqual(["gradientNonFinite"]);
    expect(found(same).map(({ name }) => name)).toEqual(["learningRate"]);
  });

  it("keeps single points, what is not finite, losses and metrics of epochs, and charts that stand alone", () => {
    const loss = { "train/loss": series([2, 1]) };
    expect(names({ ...loss, x: series([1]) })).toEqual([]);
    expect(names({ ...loss, x: series([Number.NaN, Number.NaN]) })).toEqual([]);
    expect(names({ ...loss, x: series([Infinity, Infinity]) })).toEqual([]);
    expect(names({ ...loss, x: series([1, Number.NaN]) })).toEqual([]);
    expect(
      names({ x: series([1, 2]), "train/loss": series([3, 3]), "epoch/valLoss": series([3, 3]) }),
    ).toEqual([]);
    expect(names({ x: series([1, 1]), y: series([2, 2]) })).toEqual([]);
    expect(names({ ...loss, x: series([1, 1]), "other/y": series([2, 2]) })).toEqual(["other/y", "x"]);
  });

  it("takes a metric of epochs that is 0 throughout, but no loss or accuracy", () => {
    const loss = { "train/loss": series([2, 1]) };
    const zero = series([0, 0]);
    expect(names({ ...loss, "epoch/valLeastRecall": zero, "epoch/f1": series([1, 1]) })).toEqual([
      "epoch/valLeastRecall",
    ]);
    expect(names({ ...loss, "epoch/accuracy": zero, "epoch/valAccuracy": zero, "epoch/loss": zero })).toEqual(
      [],
    );
  });

  it("takes training and validation of a metric together", () => {
    const loss = { "train/loss": series([2, 1]) };
    expect(names({ ...loss, "a/f1": series([1, 1]), "a/valF1": series([1, 1]) })).toEqual(["a/f1"]);
    expect(names({ ...loss, "a/f1": series([1, 1]), "a/valF1": series([1, 2]) })).toEqual([]);
  });
});

describe("a board with constants", () => {
  const data = { runs: one, sweeps: [] };
  const titles = (options: Parameters<typeof boardSettings>[0]) =>
    [
      ...JSON.stringify(boardSpec(data, boardSettings(options))).matchAll(/"text":"([^"]*)","limit":250/g),
    ].map(([, title]) => title);

  it("lists them in one line instead of drawing them", () => {
    expect(titles({ kind: "scalars" })).toEqual(["loss", "activationZero"]);
    const line = "constant: learningRate 0.05 · gradientNonFinite 0";
    expect(JSON.stringify(boardSpec(data, boardSettings({ kind: "scalars" })))).toContain(`"${line}"`);
    expect(boardText(data, boardSettings({ kind: "scalars" }))).toContain(line);
    expect(boardText(data, boardSettings())).not.toMatch(/train\/learningRate|gradientNonFinite/);
  });

  it("draws them when the tags ask for exactly them", () => {
    expect(titles({ tags: "learningRate" })).toEqual(["learningRate"]);
    expect(titles({ tags: "gradientNonFinite|learningRate" })).toEqual(["learningRate", "gradientNonFinite"]);
    expect(titles({ tags: "train" })).toEqual(["loss"]);
  });
});

describe("written", () => {
  it("breaks long lists at the board's width", () => {
    const lines = written(
      Array.from({ length: 30 }, (_, i) => ({ name: `series${i}`, value: i / 3e6, tags: [] })),
    );
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(130);
    expect(lines[0]).toMatch(/^constant: series0 0 · series1 3\.333e-7 · /);
    expect(written([])).toEqual([]);
  });
});
