import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { boardSources } from "../../../src/board/sources.js";
import { bestRuns } from "../../../src/track/bestRuns.js";
import { findRuns } from "../../../src/track/findRuns.js";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** Three ended runs and one that still runs, one second apart. */
function someRuns() {
  const root = temporaryFolder();
  let time = 1.7e9;
  const clock = { wallTime: () => time };
  const make = (name: string, accuracy: number | undefined, config: object) => {
    time += 1;
    const run = openRun({ name, dir: root, sources: [], config, clock, group: name.slice(0, 2) });
    if (accuracy !== undefined) run.log({ "epoch/valAccuracy": accuracy, "train/loss": 1 }, 1);
    return run;
  };
  const [a, b, c] = [
    make("mlp-a", 0.5, { lr: 1e-3 }),
    make("mlp-b", 0.9, { lr: 1e-2 }),
    make("<cnn>", undefined, { lr: 0.1, drop: true }),
  ];
  a.log({ "train/loss": 1 }, 2);
  for (const run of [a, b, c]) run.finish();
  return { root, a, b, c, clock };
}

function edit(dir: string, changes: object): void {
  const file = join(dir, "run.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }));
}

describe("findRuns", () => {
  test.each([
    ["name", { name: undefined }],
    ["config", { config: null }],
    ["summary", { summary: "none" }],
    ["environment", { environment: undefined }],
  ])("says what a run.json lacks that holds JSON, but no run's record: %s", (lacking, changes) => {
    const { a } = someRuns();
    edit(a.dir, changes);
    expect(() => findRuns(a.dir)).toThrow(
      new SyntaxError(`read run ${a.dir}: run.json must be a run's record, but has no ${lacking}`),
    );
  });

  test("tells of an unreadable run once and goes on with the others, by their folders too", () => {
    const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { root, a, b, c } = someRuns();
    edit(a.dir, { summary: undefined });
    const options = { dir: root };
    expect(findRuns([a.dir, b.dir, c.dir], options)).toEqual([b.dir, c.dir]);
    expect(said.mock.calls).toEqual([
      [`tunelab: read run ${a.dir}: run.json must be a run's record, but has no summary`],
    ]);
    expect(runs(options).rows.map(({ name }) => name)).toEqual(["mlp-b", "<cnn>"]);
    expect(() => findRuns(a.dir, options)).toThrow(SyntaxError);
    said.mockRestore();
  });

  test("finds by name, id, folder, group and pattern, newest last", () => {
    const { root, a, b, c } = someRuns();
    const dir = { dir: root };
    expect(findRuns([], dir)).toEqual([a.dir, b.dir, c.dir]);
    expect(findRuns("mlp-a", dir)).toEqual([a.dir]);
    expect(findRuns([b.id, a.dir], dir)).toEqual([a.dir, b.dir]);
    expect(findRuns(basename(c.dir), dir)).toEqual([c.dir]);
    expect(findRuns("ml", dir)).toEqual([a.dir, b.dir]);
    expect(findRuns("*-?", dir)).toEqual([a.dir, b.dir]);
    expect(findRuns("nothing*", dir)).toEqual([]);
    expect(() => findRuns("mlp-x", dir)).toThrow(/the nearest are "mlp-a", "mlp-b"$/);
  });

  test("a pattern means names: folders, in which ids are, only where it fits no name", () => {
    const { root, a, b } = someRuns();
    const short = openRun({ name: "mlp", dir: root, sources: [] });
    short.finish();
    const dir = { dir: root };
    expect(findRuns("mlp-*", dir)).toEqual([a.dir, b.dir]);
    expect(findRuns("mlp*", dir)).toEqual([a.dir, b.dir, short.dir]);
    expect(findRuns(`mlp-${short.id.slice(0, 7)}?`, dir)).toEqual([short.dir]);
    expect(findRuns(`${short.id.slice(0, 7)}*`, dir)).toEqual([short.dir]);
    expect(boardSources(["mlp-*"], { runsDir: root, sweepsDir: join(root, "none") }).runs).toEqual([
      a.dir,
      b.dir,
    ]);
  });

  test("says of a folder that it is not there, or no run's, and which are near", () => {
    const { root, a, b } = someRuns();
    const dir = { dir: root };
    expect(() => findRuns(root, dir)).toThrow(
      `find run ${root}: a run's folder must hold its run.json; that one holds none`,
    );
    rmSync(a.dir, { recursive: true });
    expect(() => findRuns(a.dir, dir)).toThrow("that one is not there");
    expect(() => findRuns(`${b.dir}x`, dir)).toThrow(
      `find run ${b.dir}x: a run's folder must hold its run.json; that one is not there; the nearest are "${basename(b.dir)}"`,
    );
    expect(() => findRuns(join(root, "unlike-any-other-run"), dir)).toThrow(
      /is not there; none is near; the newest is "[^"]+"$/,
    );
  });

  test("puts runs of other folders where their age says", () => {
    const { root, a, b } = someRuns();
    const other = openRun({ name: "other", dir: temporaryFolder(), sources: [] });
    other.finish();
    expect(findRuns([other.dir, "mlp-b", "mlp-a"], { dir: root })).toEqual([a.dir, b.dir, other.dir]);
  });

  test("finds none where no folder is", () => {
    const dir = { dir: join(temporaryFolder(), "none") };
    expect(findRuns([], dir)).toEqual([]);
    expect(() => findRuns("x", dir)).toThrow("there is no run yet");
    const file = import.meta.filename;
    expect(() => findRuns([], { dir: file })).toThrow(
      new RangeError(`find runs: they must lie in a folder; ${file} is a file`),
    );
  });
});

describe("runs", () => {
  test("lists, filters and sorts", () => {
    const { root } = someRuns();
    const names = (table: ReturnType<typeof runs>) => [...table].map(({ name }) => name);
    expect(names(runs({ dir: root }))).toEqual(["mlp-a", "mlp-b", "<cnn>"]);
    expect(names(runs({ dir: root, sort: "-valAccuracy" }))).toEqual(["mlp-b", "mlp-a", "<cnn>"]);
    expect(names(runs({ dir: root, sort: "valAccuracy" }))).toEqual(["mlp-a", "mlp-b", "<cnn>"]);
    expect(names(runs({ dir: root, sort: "-lr" }))).toEqual(["<cnn>", "mlp-b", "mlp-a"]);
    expect(names(runs({ dir: root, where: ({ metrics }) => metrics.valAccuracy! > 0.6 }))).toEqual(["mlp-b"]);
    expect(() => runs({ dir: root, sort: "speed" })).toThrow(
      /metric or a configuration key of a run; got "speed"/,
    );
  });

  test("shows a table in which everything is escaped", () => {
    const { root } = someRuns();
    const bundle = runs({ dir: root }).toMimeBundle();
    const lines = String(bundle["text/plain"]).split("\n");
    expect(lines[0]).toMatch(/^run +id +status +started +seconds +valAccuracy +lr +drop$/);
    expect(lines[2]).toMatch(/^mlp-a +\w{8} +finished +2023-11-14 22:13:21 +2 +0.5 +0.001$/);
    expect(lines[4]).toMatch(/^<cnn> .* 0.1 +true$/);
    expect(bundle["text/html"]).toContain("&lt;cnn&gt;");
    expect(bundle["text/html"]).not.toContain("<cnn>");
    expect(runs({ dir: temporaryFolder() }).toMimeBundle()["text/plain"]).toBe("no runs yet");
  });

  test("says how many of its epochs a training came to", () => {
    const dir = temporaryFolder();
    for (const [name, epochs] of Object.entries({ cut: 50, whole: 6 })) {
      const run = openRun({ name, dir, sources: [], config: { epochs } });
      for (let epoch = 1; epoch <= 6; epoch++)
        run.log({ "epoch/loss": 1, "epoch/valAccuracy": epoch / 10 }, epoch);
      run.finish();
    }
    const shown = (table: object) => String(table).split("\n").slice(2).sort();
    expect(shown(runs({ dir }))).toEqual([
      expect.stringMatching(/^cut .* 6\/50$/),
      expect.stringMatching(/^whole .* 6$/),
    ]);
    expect(shown(bestRuns("valAccuracy", { dir }))[0]).toMatch(/^cut .* 6\/50$/);
  });

  test("tells running, killed and stale runs apart, and sums up what they logged", () => {
    const { root, a } = someRuns();
    const status = () => runs({ dir: root, runs: a.id }).rows[0]!.status;
    const owner = { pid: process.pid, host: hostname() };
    edit(a.dir, { status: "running", owner, summary: {} });
    expect(status()).toBe("running");
    expect(runs({ dir: root, runs: a.id }).rows[0]!.metrics.valAccuracy).toBe(0.5);
    edit(a.dir, { owner: { ...owner, processStart: "1" } });
    expect(status()).toBe("killed");
    edit(a.dir, { owner: { ...owner, pid: 2 ** 22 + 1 } });
    expect(status()).toBe("killed");
    edit(a.dir, { owner: { pid: 1, host: "elsewhere" }, heartbeat: new Date().toISOString() });
    expect(status()).toBe("running");
  });

  test("a run of another machine without a sign of life for a minute is stale", () => {
    const { root, a } = someRuns();
    edit(a.dir, { status: "running", owner: { pid: 1, host: "elsewhere" } });
    for (const file of readdirSync(join(a.dir, "main"))) utimesSync(join(a.dir, "main", file), 1.7e9, 1.7e9);
    expect(runs({ dir: root, runs: a.id }).rows[0]!.status).toBe("stale");
  });
});

describe("readRun", () => {
  test("refuses a folder without record and a record of a newer version", () => {
    const folder = join(temporaryFolder(), "x");
    mkdirSync(folder);
    expect(() => readRun(folder)).toThrow("a run's folder must hold run.json, and there is none");
    writeFileSync(join(folder, "run.json"), '{"schemaVersion": 2}');
    expect(() => readRun(folder)).toThrow("must have schemaVersion 1 or lower; got 2");
  });
});
