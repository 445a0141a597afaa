import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { bestRuns } from "../../../src/track/bestRuns.js";
import { compareRuns } from "../../../src/track/compareRuns.js";
import { findRuns } from "../../../src/track/findRuns.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun, readRunRecord } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";

interface Made {
  readonly name: string;
  readonly config?: object;
  readonly seed?: number;
  readonly accuracy: readonly number[];
  readonly code?: Readonly<Record<string, string>>;
}

let time = 1.7e9;
function make(dir: string, { name, config = {}, seed, accuracy, code = {} }: Made): string {
  const sources = Object.entries(code).map(([file, text]) => ({ name: file, text }));
  const run = openRun({
    name,
    config,
    dir,
    sources,
    ...(seed !== undefined && { seed }),
    clock: { wallTime: () => (time += 1) },
  });
  accuracy.forEach((value, index) => {
    run.log({ "epoch/valAccuracy": value, "gradientL2/dense/kernel": 1, cost: 10 - value }, index + 1);
  });
  run.finish();
  return run.id;
}

function twoRuns(): string {
  const dir = temporaryFolder();
  make(dir, {
    name: "baseline",
    config: { optimizer: { rate: 0.1 }, units: 32, same: true },
    seed: 1,
    accuracy: [0.5, 0.9, 0.8],
    code: { "cell-1.ts": "import 1", "cell-2.ts": "a\nb\nrate = 0.1\nfit()" },
  });
  make(dir, {
    name: "deep",
    config: { optimizer: { rate: 0.2 }, units: 32, same: true, dropout: 0.5 },
    seed: 2,
    accuracy: [0.6, 0.7],
    code: { "cell-1.ts": "import 1", "cell-2.ts": "fresh", "cell-5.ts": "a\nb\nrate = 0.2\nfit()" },
  });
  return dir;
}

describe("compareRuns", () => {
  test("tells configuration, metrics, surroundings and code that differ, and only those", () => {
    const { parts } = compareRuns(["baseline", "deep"], { dir: twoRuns() });
    expect(parts.config).toEqual([
      { key: "optimizer.rate", values: [0.1, 0.2] },
      { key: "dropout", values: [undefined, 0.5] },
    ]);
    expect(parts.surroundings).toEqual([{ key: "seed", values: [1, 2] }]);
    expect(parts.metrics).toEqual([
      { metric: "valAccuracy", direction: "max", last: [0.8, 0.7], best: [0.9, 0.7] },
      { metric: "cost", last: [9.2, 9.3] },
    ]);
    // The cells that called fit belong together, though the second notebook's has another number.
    expect(parts.code.map(({ from, to }) => [from, to])).toEqual([
      [undefined, "cell-2.ts"],
      ["cell-2.ts", "cell-5.ts"],
    ]);
    expect(parts.code[1]?.lines.filter(({ kind }) => kind !== "same")).toEqual([
      { kind: "removed", text: "rate = 0.1" },
      { kind: "added", text: "rate = 0.2" },
    ]);
  });

  test("lists the series of batches too, of all runs that have them, behind those of epochs", () => {
    const dir = temporaryFolder();
    const values = { "hand-a": [0.9, 0.25, 0.5], "hand-b": [0.8, 0.4] };
    for (const [name, losses] of Object.entries(values)) {
      const run = openRun({ name, dir, sources: [] });
      losses.forEach(
        (loss, step) => void run.log({ "train/loss": loss, "gradientL2/dense/kernel": 1 }, step),
      );
      run.log({ "epoch/valAccuracy": losses.length / 10 }, 1);
      run.finish();
    }
    const comparison = compareRuns(["hand-a", "hand-b"], { dir });
    expect(comparison.parts.metrics).toEqual([
      { metric: "valAccuracy", last: [0.3, 0.2], direction: "max", best: [0.3, 0.2] },
      { metric: "train/loss", last: [0.5, 0.4], direction: "min", best: [0.25, 0.4] },
    ]);
    expect(comparison.toString()).toMatch(/^train\/loss +last +0\.5 +0\.4/m);
  });

  test("shows what names and code would write to a terminal", () => {
    const dir = temporaryFolder();
    const clear = "\u001b[2J\u009b2J";
    make(dir, { name: `a${clear}`, config: { [`k${clear}`]: 1 }, accuracy: [0.5], code: { "c.ts": "x()" } });
    make(dir, { name: `b${clear}`, accuracy: [0.6], code: { "c.ts": `\tx("${clear}")\r\ny()` } });
    make(dir, { name: `none${clear}`, accuracy: [0.6] });
    const text = compareRuns(["a*", "b*", "none*"], { dir }).toString();
    expect(text).toContain("b·[2J·2J");
    expect(text).toContain("none·[2J·2J");
    expect(text).toContain('+ \tx("·[2J·2J")');
    expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
  });

  test("tells layers that differ, and which run kept no code", () => {
    const dir = temporaryFolder();
    for (const units of [4, 64]) {
      const layer = {
        name: "hidden",
        kind: "Dense",
        units,
        activation: "relu",
        trainable: true,
        parameters: 1,
        weights: [],
      };
      const sources = units === 4 ? [{ name: "a.ts", text: "1" }] : [];
      openRun({
        name: `net${units}`,
        dir,
        sources,
        model: { layers: [layer], parameters: units * 3 },
      }).finish();
    }
    const comparison = compareRuns(["net4", "net64"], { dir });
    expect(comparison.parts.config).toEqual([
      { key: "parameters", values: [12, 192] },
      { key: "layer hidden.units", values: [4, 64] },
    ]);
    expect(comparison.toString()).toMatch(/\ncode: none was kept of net64$/);
  });

  test("tells a layer that not all have in one line, and heads every column", () => {
    const dir = temporaryFolder();
    const dense = (name: string, more: object = {}) => ({
      name,
      kind: "Dense",
      units: 8,
      activation: "relu",
      initializer: "heUniform",
      trainable: true,
      parameters: 1,
      weights: [],
      ...more,
    });
    const dropout = { name: "drop", kind: "Dropout", trainable: true, parameters: 0, weights: [] };
    const models = {
      flat: [dense("a", { units: 4 })],
      deep: [dense("a"), dropout, dense("b", { trainable: false })],
    };
    for (const [name, layers] of Object.entries(models)) {
      const run = openRun({ name, dir, sources: [], model: { layers, parameters: 5 } });
      run.log({ "epoch/valLoss": layers.length }, 1);
      run.finish();
    }
    const comparison = compareRuns(["flat", "deep"], { dir });
    expect(comparison.parts.config).toEqual([
      { key: "layer a.units", values: [4, 8] },
      { key: "layer drop", values: [undefined, "Dropout"] },
      { key: "layer b", values: [undefined, "Dense, 8 units, relu, heUniform, frozen"] },
    ]);
    const headings = comparison
      .toString()
      .split("\n")
      .filter((line) => / flat +deep/.test(line));
    expect(headings.map((line) => line.split(/ +/))).toEqual([
      ["setting", "flat", "deep"],
      ["metric", "value", "flat", "deep", "change"],
    ]);
    expect(comparison.toMimeBundle()["text/html"]).not.toMatch(/<th[^>]*><\/th>/);
  });

  test("names the files that only one has in one line", () => {
    const dir = temporaryFolder();
    const common = { "cell-9.ts": "fit()" };
    make(dir, { name: "a", accuracy: [1], code: { "cell-1.ts": "x", ...common } });
    make(dir, {
      name: "b",
      accuracy: [1],
      code: { "cell-2.ts": "%runs", "cell-3.ts": "const y = 1", ...common },
    });
    make(dir, { name: "c", accuracy: [1], code: { ...common } });
    expect(compareRuns(["a", "b"], { dir }).toString()).toMatch(
      /\n\ncode, only in a: cell-1\.ts\n\ncode, only in b: cell-2\.ts, cell-3\.ts$/,
    );
    expect(compareRuns(["a", "b", "c"], { dir }).toString()).toMatch(
      /\n\ncode, only in a and not in b: cell-1\.ts\n\ncode, only in b and not in a: cell-2\.ts, cell-3\.ts\n\ncode, only in a and not in c: cell-1\.ts$/,
    );
  });

  test("the cells that made the runs belong together, though the later notebook has both", () => {
    const dir = temporaryFolder();
    make(dir, { name: "a", accuracy: [1], code: { "cell-1.ts": "x", "cell-2.ts": "fit(1)" } });
    make(dir, {
      name: "b",
      accuracy: [1],
      code: { "cell-1.ts": "x", "cell-2.ts": "fit(1)", "cell-3.ts": "fit(2)" },
    });
    expect(compareRuns(["a", "b"], { dir }).parts.code.map(({ from, to }) => [from, to])).toEqual([
      ["cell-2.ts", "cell-3.ts"],
    ]);
  });

  test("opens no section for the code of a file that only one has: its name is enough", () => {
    const dir = temporaryFolder();
    make(dir, { name: "a", accuracy: [1], code: { "cell-3.ts": "fit(1)" } });
    make(dir, { name: "b", accuracy: [1], code: { "cell-1.ts": "%env A=1", "cell-3.ts": "fit(1)" } });
    const comparison = compareRuns(["a", "b"], { dir });
    expect(comparison.toString()).toMatch(/\n\ncode, only in b: cell-1\.ts$/);
    expect(comparison.toMimeBundle()["text/html"]).not.toContain("<pre></pre>");
  });

  test("shows them as text and as HTML that a name cannot break", () => {
    const dir = twoRuns();
    make(dir, { name: "<b>", accuracy: [1], code: { "x.ts": "<i>" } });
    const comparison = compareRuns(["baseline", "deep"], { dir });
    const lines = comparison.toString().split("\n");
    expect(lines).toContain("optimizer.rate       0.1   0.2");
    expect(lines.find((line) => /largest/.test(line))).toMatch(/^valAccuracy +largest +0\.9 +0\.7 +-0\.2$/);
    expect(lines).toContain("code, baseline (cell-2.ts) → deep (cell-5.ts):");
    expect(lines).toContain("- rate = 0.1");
    const html = String(compareRuns(["baseline", "<b>"], { dir }).toMimeBundle()["text/html"]);
    expect(html).toContain("&lt;b&gt;");
    expect(html).toContain('currentcolor)">+ &lt;i&gt;</span>');
    expect(html).not.toMatch(/<b>(?!configuration|metrics|surroundings|code)/);
  });

  test("tells versions, machine and environment variables that differ, secrets masked, long ones where they differ", () => {
    const dir = temporaryFolder();
    const path = "/opt/conda/lib:".repeat(10);
    for (const n of [1, 2, 3, 4, 5]) {
      vi.stubEnv("OMP_NUM_THREADS", String(n));
      vi.stubEnv("TUNELAB_TOKEN", `hush-${n}`);
      vi.stubEnv("LD_LIBRARY_PATH", `${path}/v${n}`);
      if (n > 3) vi.stubEnv("TF_ENABLE_ONEDNN_OPTS", "0");
      // What it took is no difference between trainings.
      const took = { trainingSeconds: n, inputSeconds: n / 10, captures: [{ tracing: n }] };
      const environment = { tensorflow: n < 3 ? "2.20.0" : "2.21.0", cores: n, ...took };
      openRun({ name: `r${n}`, dir, sources: [], system: false, environment }).finish();
    }
    vi.unstubAllEnvs();
    const comparison = compareRuns("r*", { dir });
    expect(comparison.parts.surroundings).toEqual([
      { key: "cores", values: [1, 2, 3, 4, 5] },
      { key: "tensorflow", values: ["2.20.0", "2.20.0", "2.21.0", "2.21.0", "2.21.0"] },
      { key: "$LD_LIBRARY_PATH", values: [1, 2, 3, 4, 5].map((n) => `${path}/v${n}`) },
      { key: "$OMP_NUM_THREADS", values: ["1", "2", "3", "4", "5"] },
      { key: "$TF_ENABLE_ONEDNN_OPTS", values: [undefined, undefined, undefined, "0", "0"] },
    ]);
    const text = comparison.toString();
    expect(text.split("\n").find((line) => line.startsWith("$LD"))).toMatch(
      /^\$LD_LIBRARY_PATH +(…\S*\/v\d *){5}$/,
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(140);
    expect(JSON.stringify(comparison) + text + comparison.toMimeBundle()["text/html"]).not.toContain("hush");
  });

  test("says of equal runs that they are equal", () => {
    const dir = temporaryFolder();
    for (const name of ["a", "b"]) make(dir, { name, accuracy: [0.5], code: { "same.ts": "1" } });
    expect(compareRuns(["a", "b"], { dir }).toString()).toMatch(
      /^configuration: the same in all\n[\s\S]*code: the same in all$/,
    );
  });

  test("a name means its newest run, alone or as a pattern all; one run is too few", () => {
    const dir = twoRuns();
    const newer = make(dir, { name: "baseline", accuracy: [1] });
    const comparison = compareRuns(["deep", "baseline"], { dir });
    expect(comparison.runs.map(({ id }) => id)[1]).toBe(newer);
    const note = `"baseline" means the newest of 2 runs of this name, ${newer}; another one is asked for by its id`;
    expect(comparison.toString().split("\n")[0]).toBe(note);
    expect(comparison.toMimeBundle()["text/html"]).toContain(newer);
    expect(comparison.toJSON()).toMatchObject({ notes: [note] });
    expect(compareRuns("baseline", { dir }).runs).toHaveLength(2);
    expect(compareRuns("*", { dir }).runs).toHaveLength(3);
    expect(() => compareRuns("deep", { dir })).toThrow("to compare takes two runs or more; deep means one");
    expect(() => compareRuns(["deep", "deap"], { dir })).toThrow(/"deap".*the nearest are "deep"/);
  });
});

describe("bestRuns", () => {
  test("ranks by the best over all epochs, in the metric's direction, with the epoch", () => {
    const dir = twoRuns();
    const found = bestRuns("valAccuracy", { dir });
    expect(found.rows.map(({ run, value, step }) => [run.name, value, step])).toEqual([
      ["baseline", 0.9, 2],
      ["deep", 0.7, 2],
    ]);
    expect(found.toString()).toMatch(/^run +id +valAccuracy +at +status +optimizer\.rate +dropout\n/);
    const run = openRun({ name: "by-hand", dir, sources: [] });
    [3, 1, 2].forEach((loss, step) => void run.log({ "train/loss": loss }, step));
    run.finish();
    expect(bestRuns("train/loss", { dir }).rows).toMatchObject([{ value: 1, step: 1 }]);
    expect(bestRuns("cost", { dir, direction: "min" }).rows[0]?.run.name).toBe("baseline");
    expect(bestRuns("valAccuracy", { dir, top: 1 }).rows).toHaveLength(1);
    expect(bestRuns("valAccuracy", { dir, runs: "deep" }).rows[0]?.value).toBe(0.7);
  });

  test("leaves out what a resumed run has written over, as a comparison and the record do", () => {
    const dir = temporaryFolder();
    make(dir, { name: "steady", accuracy: [0.5, 0.7] });
    make(dir, { name: "resumed", accuracy: [0.4, 0.6, 0.99, 0.98] });
    const run = resumeRun("resumed", { dir });
    // From epoch 3 on once more: 0.99 and 0.98 do not stand.
    for (const [i, value] of [0.65, 0.62].entries()) run.log({ "epoch/valAccuracy": value }, 3 + i);
    const expected = [
      ["steady", 0.7, 2],
      ["resumed", 0.65, 3],
    ];
    const best = () =>
      bestRuns("valAccuracy", { dir }).rows.map(({ run, value, step }) => [run.name, value, step]);
    expect(best()).toEqual(expected);
    run.finish();
    expect(best()).toEqual(expected);
    expect(run.record.summary).toEqual(readRunRecord(run.dir).summary);
    expect(run.record.summary["epoch/valAccuracy"]).toEqual({
      last: 0.62,
      min: 0.4,
      max: 0.65,
      step: 4,
      count: 4,
    });
    expect(run.record.summary.cost).toMatchObject({ count: 4, step: 4 });
    const { metrics } = compareRuns(["steady", "resumed"], { dir }).parts;
    expect(metrics.find(({ metric }) => metric === "valAccuracy")?.best).toEqual([0.7, 0.65]);
    expect([...readRun(run.dir).scalars.get("epoch/valAccuracy")!.values]).toContain(0.99);

    // As earlier versions wrote it: everything that was logged is counted, and nothing said.
    const file = join(run.dir, "run.json");
    const { summaryStands: _, ...record } = JSON.parse(readFileSync(file, "utf8"));
    record.summary["epoch/valAccuracy"].max = 0.99;
    writeFileSync(file, JSON.stringify(record));
    expect(best()).toEqual(expected);
  });

  test("leaves out what one process has logged again, as by a cell that ran twice", () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "twice", dir, sources: [] });
    for (const scale of [1, 3])
      for (const step of [0, 1, 2]) run.log({ "train/loss": scale / (step + 1) }, step);
    run.log({ "train/loss": 2 }, 1);
    run.finish();
    expect(bestRuns("train/loss", { dir }).rows).toMatchObject([{ value: 2, step: 1 }]);
    expect(readRunRecord(run.dir).summary["train/loss"]).toEqual({
      last: 2,
      min: 2,
      max: 3,
      step: 1,
      count: 2,
    });
  });

  test("needs a metric that was measured, and to know which way is better", () => {
    const dir = twoRuns();
    expect(() => bestRuns("valAcuracy", { dir })).toThrow(
      'it was given "valAcuracy". Did you mean valAccuracy?',
    );
    expect(() => bestRuns("reward", { dir })).toThrow("measured were valAccuracy, cost");
    expect(() => bestRuns("cost", { dir })).toThrow(/needs \{ direction: "max" \}/);
    expect(() => bestRuns("cost", { dir, top: 0 })).toThrow(/top to be a whole number of at least 1/);
  });
});

test("shows no file that lies outside of a run, whatever its record names, and says so", () => {
  const dir = twoRuns();
  writeFileSync(join(dir, "secret.txt"), "hush");
  const [, changed] = findRuns([], { dir });
  const file = join(changed as string, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, code: ["../../secret.txt"] }));
  const told = compareRuns(["baseline", "deep"], { dir });
  expect(JSON.stringify(told.parts.code) + String(told)).not.toContain("hush");
  expect(String(told)).toContain('it must be a regular file inside its folder code; got "../../secret.txt"');
});
