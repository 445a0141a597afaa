import { cpSync } from "node:fs";
import { beforeEach, expect, it } from "vitest";
import { runOverview } from "../../../src/sweep/runOverview.js";
import { openRun } from "../../../src/track/openRun.js";
import { runs } from "../../../src/track/runs.js";
import { writeSweep } from "../board/writtenSweep.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

let time = 1.7e9;
const clock = { wallTime: () => time };

beforeEach(() => {
  process.env.TUNELAB_RUNS = temporaryFolder();
  process.env.TUNELAB_SWEEPS = temporaryFolder();
  time = 1.7e9;
});

interface Made {
  readonly group?: string;
  readonly config?: Record<string, number>;
}

/** A run of ten seconds that begins a minute after the last one. */
function make(name: string, metrics: Record<string, number>, { group, config = {} }: Made = {}): string {
  time += 50;
  const run = openRun({ name, config, sources: [], clock, ...(group && { group }) });
  time += 10;
  run.log(metrics, 1);
  run.finish();
  return run.dir;
}

/** Trials whose values are `values`; the last series of each says less than its best. */
function makeSweep(name: string, values: readonly number[], metric = "valAccuracy"): string {
  const dirs = values.map((value, number) =>
    make(
      `${name}-${number}`,
      { "epoch/valAccuracy": value - 0.25 },
      { group: name, config: { rate: number } },
    ),
  );
  const trials = values.map((value, number) => ({
    number,
    state: "complete" as const,
    params: { rate: number },
    value,
    intermediate: [],
  }));
  const rate = { kind: "float" as const, low: 0, high: 100 };
  return writeSweep(
    { name, direction: "maximize", metric, trials, distributions: { rate } },
    process.env.TUNELAB_SWEEPS as string,
    dirs,
  );
}

const names = (overview: Iterable<{ readonly name: string }>) => [...overview].map(({ name }) => name);

it("shows the newest first, a sweep of fifty as its best trial's line, with the best value", () => {
  make("first", { "epoch/valAccuracy": 0.5 });
  makeSweep(
    "rates",
    Array.from({ length: 50 }, (_, number) => (number === 17 ? 0.75 : number / 100)),
  );
  make("newest", { "epoch/valAccuracy": 0.25 });
  const overview = runOverview(runs());
  expect(names(overview)).toEqual(["newest", "rates (best of 50)", "first"]);
  const [, sweep] = overview.rows;
  expect(sweep).toMatchObject({
    id: runs({ runs: "rates-17" }).rows[0]?.id,
    status: "finished",
    metrics: { valAccuracy: 0.75 },
    config: { rate: 17 },
    createdAt: runs({ runs: "rates-0" }).rows[0]?.createdAt,
    duration: 49 * 60 + 10,
  });
  expect(String(overview)).toMatch(/\nA sweep's trials are one line; --trials lists them\.$/);
  expect(overview.toMimeBundle()["text/html"]).toMatch(/<\/table><p>A sweep's trials/);
});

it("lists each trial when asked, the newest thirty lines, or all", () => {
  makeSweep(
    "rates",
    Array.from({ length: 40 }, (_, number) => number / 100),
  );
  make("newest", { "epoch/valAccuracy": 0.25 });
  const some = runOverview(runs(), { trials: true });
  expect(names(some).slice(0, 3)).toEqual(["newest", "rates-39", "rates-38"]);
  expect(some.rows).toHaveLength(30);
  expect(some.notes).toEqual(["11 more of 41 lines are left out; --all shows them."]);
  const all = runOverview(runs(), { trials: true, all: true });
  expect(all.rows).toHaveLength(41);
  expect(all.notes).toEqual([]);
});

it("sorts lines, a sweep's by its best", () => {
  make("good", { "epoch/valAccuracy": 0.875 });
  makeSweep("rates", [0.25, 0.75]);
  make("poor", { "epoch/valAccuracy": 0.5 });
  expect(names(runOverview(runs(), { sort: "-valAccuracy" }))).toEqual(["good", "rates (best of 2)", "poor"]);
  expect(() => runOverview(runs(), { sort: "nothing" })).toThrow(/the key must be a metric/);
});

it("folds no group that is no sweep, and a sweep whose runs were moved", () => {
  makeSweep("rates", [0.25, 0.5]);
  for (const member of ["a", "b"]) make(member, { "epoch/valAccuracy": 0.5 }, { group: "mine" });
  expect(names(runOverview(runs()))).toEqual(["b", "a", "rates (best of 2)"]);
  const moved = temporaryFolder();
  cpSync(process.env.TUNELAB_RUNS as string, moved, { recursive: true });
  expect(names(runOverview(runs({ dir: moved })))).toEqual(["b", "a", "rates (best of 2)"]);
  process.env.TUNELAB_SWEEPS = temporaryFolder();
  expect(names(runOverview(runs()))).toEqual(["b", "a", "rates-1", "rates-0"]);
});

it("shows parts of a run below it, those of a trial with the trial", () => {
  const dir = make("whole", { "epoch/valAccuracy": 0.5 });
  make("between", {});
  const part = openRun({ name: "part", parent: dir, sources: [], clock });
  part.finish();
  const overview = runOverview(runs());
  expect(names(overview)).toEqual(["between", "whole", "part"]);
  expect(String(overview)).toMatch(/^└\u00a0part /m);
  expect(overview.toMimeBundle()["text/html"]).toContain("└\u00a0part");
  expect(names(runOverview(runs(), { sort: "name" }))).toEqual(["between", "part", "whole"]);

  makeSweep("searched", [0.1, 0.3, 0.2]);
  const trial = runs({ runs: "searched-0" }).rows[0];
  openRun({ name: "fold", parent: trial?.dir as string, sources: [], clock }).finish();
  expect(names(runOverview(runs()))).toEqual(["searched (best of 3)", "between", "whole", "part"]);
  expect(names(runOverview(runs(), { trials: true })).slice(0, 4)).toEqual([
    "searched-2",
    "searched-1",
    "searched-0",
    "fold",
  ]);
});
