import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { completeMagic } from "../../../kernel-ext/magics/completeMagic.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { suggestMetrics } from "../../../kernel-ext/magics/suggestMetrics.js";
import { suggestRuns, suggestRunsAndSweeps } from "../../../kernel-ext/magics/suggestRuns.js";
import type { MagicContext } from "../../../kernel-ext/session/magicContext.js";
import * as doctor from "../../../src/doctor/index.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { runOverview } from "../../../src/sweep/runOverview.js";
import * as track from "../../../src/track/index.js";
import { temporaryFolder } from "../../src/track/temporaryFolder.js";

/** A notebook with two runs on disk, one of them in the variable `net`. */
function notebook() {
  process.env.TUNELAB_RUNS = temporaryFolder();
  let time = 1.7e9;
  const make = (name: string) => {
    const run = track.openRun({ name, sources: [], clock: { wallTime: () => (time += 1) } });
    run.log({ "epoch/valAccuracy": 0.5 }, 1);
    run.finish();
    return run;
  };
  const net = make("first");
  make("second");
  const values: Record<string, unknown> = { net, other: 5 };
  const printed: string[] = [];
  const shown: unknown[] = [];
  const drawn: string[][] = [];
  const board = async (runs: string[]) => void drawn.push(runs);
  const live: string[] = [];
  const interruption = new AbortController();
  const show = (bundle: { readonly "text/plain"?: unknown }) => void live.push(String(bundle["text/plain"]));
  const context = {
    folder: ".",
    signal: interruption.signal,
    display: (bundle: object) => {
      show(bundle);
      return { id: "1", update: show };
    },
    library: async () => ({ ...track, ...doctor, readSweep, runOverview, board }),
    names: async () => Object.keys(values),
    value: async (name: string) => values[name],
    print: (text: string) => printed.push(text),
    show: async (value: unknown) => void shown.push(value),
  } as unknown as MagicContext;
  const run = (name: string, text: string) => magics.run(context, { name, kind: "line", text });
  return { run, printed, shown, drawn, net, live, interrupt: () => interruption.abort() };
}

describe("%doctor", () => {
  test("looks at the newest run, a name, a pattern or a variable", async () => {
    const { run, shown, net } = notebook();
    await run("doctor", "");
    await run("doctor", "first");
    await run("doctor", "net");
    await run("doctor", "*");
    expect(shown.map((diagnosis) => (diagnosis as doctor.Diagnosis).name)).toEqual([
      "second",
      "first",
      "first",
      "first",
      "second",
    ]);
    expect((shown[2] as doctor.Diagnosis).dir).toBe(net.dir);
  });

  test("prints JSON for machines, and says what is wrong with a name", async () => {
    const { run, printed, shown } = notebook();
    await run("doctor", "first --json");
    expect(JSON.parse(printed.join(""))).toMatchObject([{ name: "first", verdicts: [] }]);
    expect(shown).toEqual([]);
    await expect(run("doctor", "frist")).rejects.toThrow(/the nearest are "first"/);
    await run("doctor", "none*");
    expect(printed.at(-1)).toBe("no run fits none*\n");
  });

  test("takes --attempts with --fix only, and passes by copies that a fix trained", async () => {
    const { run, shown, net } = notebook();
    await expect(run("doctor", "first --attempts 2")).rejects.toThrow(
      "%doctor takes --attempts with --fix only",
    );
    track.openRun({ name: "fix-1", parent: net, sources: [] }).finish();
    await run("doctor", "");
    expect((shown[0] as doctor.Diagnosis).name).toBe("second");
  });
});

describe("%runs", () => {
  test("shows the table, sorted and chosen", async () => {
    const { run, shown, printed } = notebook();
    await run("runs", "");
    await run("runs", "--sort=createdAt --trials --all");
    await run("runs", "net");
    const names = shown.map((table) => [...(table as track.RunTable)].map(({ name }) => name));
    expect(names).toEqual([["second", "first"], ["first", "second"], ["first"]]);
    await run("runs", "--json");
    expect(JSON.parse(printed.join(""))).toMatchObject([
      { name: "first" },
      { metrics: { valAccuracy: 0.5 } },
    ]);
  });
});

describe("%runs with a filter", () => {
  /** A run that goes on, whose owner is this process. */
  const begun = (loss: number) => {
    const run = track.openRun({ name: "third one", sources: [], config: { optimizer: { lr: 1e-3 } } });
    run.log({ "epoch/valLoss": loss }, 1);
    return run;
  };
  const names = (shown: unknown) => [...(shown as track.RunTable)].map(({ name }) => name);

  test("chooses, sorts, limits and shows columns; the words before it are names", async () => {
    const { run, shown, printed } = notebook();
    begun(0.25).finish();
    await run("runs", "valAccuracy>0.4 and not name=second");
    await run("runs", 'name = "third one" or config.optimizer.lr<0.01');
    await run("runs", "fi* sec* valAccuracy=0.5 --sort=-valAccuracy,-name --limit 1");
    await run("runs", "fi* sec* --sort -valAccuracy,name valAccuracy=0.5");
    expect(shown.map(names)).toEqual([["first"], ["third one"], ["second"], ["first", "second"]]);
    await run("runs", "net started<-1d --columns run,valAccuracy");
    expect(String(shown[4])).toBe("run    valAccuracy\n─────  ───────────\nfirst          0.5");
    await run("runs", "valLoss<1 --json");
    expect(JSON.parse(printed.join(""))).toMatchObject([{ name: "third one", metrics: { valLoss: 0.25 } }]);
    await run("runs", "valAccuracy>1");
    expect(printed.at(-1)).toBe(`no run in ${process.env.TUNELAB_RUNS} fits valAccuracy>1\n`);
  });

  test("refuses in one sentence what it cannot read, and what no run has", async () => {
    const { run } = notebook();
    const refused = async (line: string) =>
      run("runs", line).catch((error: Error) => `${error.name}: ${error.message}`);
    expect(await refused("valAcc>1")).toBe(
      'MagicError: filter runs by "valAcc>1": column 1: no run has a field "valAcc"; the nearest is valAccuracy',
    );
    expect(await refused("a>1 --limit 0")).toContain("--limit requires a whole number ≥ 1");
    expect(await refused("--sort valacc")).toContain("the nearest is valAccuracy");
    expect(await refused("--columns valacc")).toContain("the nearest are valAccuracy");
  });

  test("--live shows the table anew until no run of it goes on", async () => {
    const { run, live } = notebook();
    const open = begun(0.25);
    const shown = run("runs", "name='third one' --live --columns run,status,valLoss");
    await expect.poll(() => live.length).toBeGreaterThan(0);
    expect(live[0]).toMatch(/third one {2}running +0.25$/);
    open.log({ "epoch/valLoss": 0.125 }, 2);
    await expect.poll(() => live.at(-1)).toMatch(/third one {2}running +0.125$/);
    open.finish();
    await shown;
    expect(live.at(-1)).toMatch(/third one {2}finished +0.125$/);
  });

  test("--live ends when the person interrupts", async () => {
    const { run, live, interrupt } = notebook();
    const open = begun(0.25);
    const shown = run("runs", "--live");
    await expect.poll(() => live.length).toBeGreaterThan(0);
    interrupt();
    await shown;
    open.finish();
  });

  test("is offered fields, once a letter of one was typed", async () => {
    notebook();
    begun(1).finish();
    const offered = async (line: string) => {
      const found = await completeMagic(line, line.length, { registry: magics, folder: ".", names: [] });
      return found?.entries.map(({ text }) => text);
    };
    expect(await offered("%runs val")).toEqual(["valAccuracy", "valLoss"]);
    expect(await offered("%runs valLoss<1 and (config.")).toEqual(["(config.optimizer.lr"]);
    expect(await offered("%runs valLoss<1 and not st")).toEqual(["started", "status"]);
    expect(await offered("%runs --sort=-valLoss,-val")).toEqual([
      "-valLoss,-valAccuracy",
      "-valLoss,-valLoss",
    ]);
    expect(await offered("%runs --columns run,opt")).toEqual(["run,optimizer.lr"]);
  });
});

describe("%compare and %best", () => {
  test("compare runs by name or variable, draw them, or print JSON", async () => {
    const { run, shown, printed, drawn, net } = notebook();
    await run("compare", "net second");
    expect(shown[0]).toBeInstanceOf(track.Comparison);
    expect((shown[0] as track.Comparison).runs.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(drawn[0]?.[0]).toBe(net.dir);
    expect(shown).toHaveLength(2);
    await run("compare", "first second --tables");
    expect(shown).toHaveLength(3);
    await run("compare", "first second --json");
    expect(JSON.parse(printed.join(""))).toMatchObject({ runs: [{ name: "first" }, { name: "second" }] });
    await expect(run("compare", "first")).rejects.toThrow(
      "to compare takes two runs or more; first means one",
    );
    await expect(run("compare", "")).rejects.toThrow("%compare requires run: two runs or more");
  });

  test("rank runs by a metric, and say the nearest name of one there is not", async () => {
    const { run, shown } = notebook();
    await run("best", "valAccuracy net --top 1");
    expect([...(shown[0] as track.BestRuns)].map((found) => [found.run.name, found.value])).toEqual([
      ["first", 0.5],
    ]);
    await expect(run("best", "valAccurcy")).rejects.toThrow("Did you mean valAccuracy?");
    await expect(run("best", "valAccuracy --maximize --minimize")).rejects.toThrow(/takes only one of/);
    expect(await suggestMetrics("val", { folder: ".", names: [] })).toEqual(["valAccuracy"]);
  });
});

test("%runs --sort is offered what the runs on disk can be sorted by", async () => {
  notebook();
  const run = track.openRun({
    name: "third",
    sources: [],
    config: { optimizer: { lr: 1e-3 }, drop: null, hidden: [8] },
  });
  run.log({ "epoch/valLoss": 0.5, "train/loss": 1 }, 1);
  run.finish();
  const offered = async (line: string) => {
    const found = await completeMagic(line, line.length, { registry: magics, folder: ".", names: [] });
    return found?.entries.map(({ text }) => text);
  };
  const columns = ["name", "status", "createdAt", "duration"];
  const keys = [...columns, "valAccuracy", "valLoss", "hidden", "optimizer.lr"];
  expect(await offered("%runs --sort ")).toEqual(keys);
  expect(await offered("%runs --sort=-")).toEqual(keys.map((key) => `-${key}`));
  for (const typed of ["=-val", " -val"])
    expect(await offered(`%runs --sort${typed}`)).toEqual(["-valAccuracy", "-valLoss"]);
  expect(await offered("%runs --sort opt")).toEqual(["optimizer.lr"]);
  for (const key of keys) expect([...track.runs({ sort: `-${key}` })]).toHaveLength(3);

  const broken = join(process.env.TUNELAB_RUNS ?? "", "broken-01234567");
  mkdirSync(broken);
  for (const text of ["{", "null", '{"summary":null}', '{"config":null}']) {
    writeFileSync(join(broken, "run.json"), text);
    expect(await offered("%runs --sort ")).toEqual(keys);
  }
});

test("metrics are offered of the runs that were written last, however they are called", async () => {
  notebook();
  const write = (name: string, { metric, second }: { metric: string; second: number }) => {
    const file = join(process.env.TUNELAB_RUNS ?? "", name, "run.json");
    mkdirSync(dirname(file));
    writeFileSync(file, JSON.stringify({ summary: { [metric]: {} } }));
    utimesSync(file, second, second);
  };
  write("z-oldest", { metric: "oldest", second: 2e9 });
  for (let i = 0; i < 49; i++) write(`b-${i}`, { metric: "between", second: 2e9 + 1 + i });
  write("a-newest", { metric: "newest", second: 2e9 + 100 });
  expect(await suggestMetrics("", { folder: ".", names: [] })).toEqual(["between", "newest"]);
});

test("names of runs are offered; ids and names of the notebook once they begin as what was typed", async () => {
  notebook();
  const context = { folder: ".", names: ["net", "data"] };
  expect(await suggestRuns("", context)).toEqual(["first", "second"]);
  const ids = track.findRuns([]).map((dir) => dir.slice(-8));
  const id = ids[0] as string;
  // One in a thousand begins with such letters.
  const offered = async (typed: string) =>
    (await suggestRuns(typed, context)).filter((word) => !ids.includes(word));
  expect(await offered("se")).toEqual(["second"]);
  expect(await offered("ne")).toEqual(["net"]);
  expect(await suggestRuns(id.slice(0, 6), context)).toContain(id);
});

test("%board is offered sweeps, too", async () => {
  notebook();
  const folder = mkdtempSync(join(tmpdir(), "tunelab-sweeps-"));
  mkdirSync(join(folder, "sweeps", "digits-0123abcd"), { recursive: true });
  writeFileSync(join(folder, "sweeps", "digits-0123abcd", "sweep.json"), "{}");
  const names: readonly string[] = [];
  expect(await suggestRunsAndSweeps("", { folder, names })).toContain("digits");
  expect(await suggestRunsAndSweeps("0123", { folder, names })).toContain("0123abcd");
  rmSync(folder, { recursive: true });
});
