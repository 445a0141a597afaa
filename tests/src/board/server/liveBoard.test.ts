import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type BoardOptions, boardSettings } from "../../../../src/board/options.js";
import { readBoard } from "../../../../src/board/read.js";
import { LiveBoard } from "../../../../src/board/server/liveBoard.js";
import { servedSources } from "../../../../src/board/server/servedSources.js";
import { type BoardSources, boardSources } from "../../../../src/board/sources.js";
import { eventFiles } from "../../../../src/track/eventFiles.js";
import { openRun } from "../../../../src/track/openRun.js";
import { runData } from "../../doctor/recordedRuns.js";
import { recorded, vanishing } from "../diagnosedRuns.js";
import { exampleRun, exampleSweep, series } from "../exampleRuns.js";
import { writeRun } from "../writtenRuns.js";
import { writeSweep } from "../writtenSweep.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "live-board-"));
  folders.push(folder);
  return folder;
}

function live(sources: Partial<BoardSources>, options: BoardOptions = {}): LiveBoard {
  return new LiveBoard(() => ({ runs: [], sweeps: [], ...sources }), boardSettings(options));
}

/** As many refreshes as it takes to look at everything. */
async function settled(board: LiveBoard): Promise<LiveBoard> {
  for (let i = 0; i < 8; i++) await board.refresh();
  return board;
}

function textRun(name: string, folder: string): string {
  const run = openRun({ name, dir: folder, sources: [] });
  run.text("notes", "hello", 0);
  run.finish("finished");
  return run.dir;
}

/** Its record is broken and its events are gone, after they were read. */
function destroy(run: string): void {
  for (const file of eventFiles(run)) rmSync(file);
  writeFileSync(join(run, "run.json"), "{");
}

describe("what cannot be read", () => {
  it("is told of a sweep; the others are shown", async () => {
    const folder = newFolder();
    const sweep = writeSweep(exampleSweep(3), folder);
    const run = writeRun(exampleRun("a", { loss: series([1, 2]) }), folder);
    writeFileSync(join(sweep, "sweep.json"), "{");
    const sources = { runs: [run], sweeps: [sweep] };
    const { data, version } = await settled(live(sources));
    const sentence = expect.stringMatching(/sweep\.json: it must hold JSON/);
    expect([data.runs.length, data.sweeps, data.missing]).toEqual([1, [], [sentence]]);
    expect(version).toBeGreaterThan(0);
    const read = readBoard(sources, boardSettings());
    expect([read.runs.length, read.missing]).toEqual([1, [sentence]]);
  });

  it("is told of a run's texts; its name and the other run's texts are shown", async () => {
    const folder = newFolder();
    const runs = [textRun("good", folder), textRun("bad", folder)] as const;
    const settings = boardSettings({ kind: "text" });
    const board = await settled(live({ runs }, { kind: "text" }));
    const before = readBoard({ runs, sweeps: [] }, settings);
    destroy(runs[1]);
    await settled(board);
    for (const { runs: shown, missing } of [board.data, readBoard({ runs, sweeps: [] }, settings)]) {
      expect(before.runs.map(({ media }) => media?.texts.size)).toEqual([1, 1]);
      expect(shown.map(({ label, media }) => [label, media?.texts.size])).toEqual([
        ["good", 1],
        ["bad", undefined],
      ]);
      expect(missing).toEqual([expect.stringMatching(/^bad is shown without its pictures.*ENOENT/)]);
    }
  });
});

describe("what the doctor says", () => {
  const sick = () => runData(recorded(vanishing));

  it("comes after the runs, which are seen before", async () => {
    const board = live({ runs: [writeRun(sick(), newFolder())] });
    const seen: [runs: number, verdicts: number][] = [];
    await board.refresh(() => {
      const { runs } = board.data;
      seen.push([runs.length, runs.flatMap(({ verdicts }) => verdicts ?? []).length]);
    });
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [1, expect.toSatisfy((count: number) => count > 0)],
    ]);
    const { version } = board;
    await settled(board);
    expect(board.version).toBe(version);
  });

  it.each([
    ["data.json", '{"schemaVersion":1,"inputs":[null],"targets":[null],"sizes":{}}'],
    ["data.json", '{"schemaVersion":1,"dataset":"a","inputs":[{}],"targets":[],"sizes":null}'],
    ["data.json", "{"],
    ["rows.bin", "TLROWS01 and then something else"],
    ["rowLosses.bin", "TLRL and then something else"],
  ])("goes on without a file that was damaged: %s %s", async (file, text) => {
    const folder = newFolder();
    const runs = [writeRun(sick(), folder), writeRun(sick(), folder)] as const;
    const record = { schemaVersion: 1, dataset: "a", sizes: { train: 1 }, inputs: [], targets: [] };
    writeFileSync(join(runs[1], "data.json"), JSON.stringify(record));
    writeFileSync(join(runs[1], file), text);
    const board = await settled(live({ runs }));
    expect(board.data.missing).toBeUndefined();
    const [whole, damaged] = board.data.runs.map((run) => run.verdicts?.map(({ problem }) => problem));
    expect(whole).toContain("VanishingGradient");
    expect(damaged).toEqual(whole);
  });

  it("is left out, and told, of a run whose record is none", async () => {
    const folder = newFolder();
    const runs = [writeRun(sick(), folder), writeRun(sick(), folder)] as const;
    const file = join(runs[1], "run.json");
    const record = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...record, name: "odd", model: { layers: 3, parameters: 1 } }));
    const { data } = await settled(live({ runs }));
    expect(data.runs.map(({ verdicts }) => verdicts !== undefined)).toEqual([true, false]);
    expect(data.missing).toEqual([expect.stringMatching(/^odd is shown without what the doctor says of it/)]);
  });
});

describe("a version", () => {
  it("rises with the machine's measurements alone", async () => {
    const run = openRun({ name: "a", dir: newFolder(), sources: [], system: 0.1 });
    const board = await settled(live({ runs: [run.dir] }, { kind: "system" }));
    const measured = async () => {
      await settled(board);
      return board.data.runs[0]?.data.system?.get("system/load1")?.values.length ?? 0;
    };
    await expect.poll(measured).toBeGreaterThan(1);
    const [{ version }, before] = [board, await measured()];
    await expect.poll(measured).toBeGreaterThan(before);
    expect(board.version).toBeGreaterThan(version);
    run.finish("finished");
  });
});

describe("a run that was deleted", () => {
  it("is told where it was named, and simply goes from a board of all there is", async () => {
    const folder = newFolder();
    const [a, b] = ["a", "b"].map((name) => writeRun(exampleRun(name, { loss: series([1]) }), folder));
    const dirs = [a, b] as string[];
    const named = await settled(live({ runs: dirs }));
    const all = new LiveBoard(
      () => servedSources([], { runsDir: folder, sweepsDir: folder }),
      boardSettings(),
    );
    await settled(all);
    rmSync(a as string, { recursive: true });
    await settled(named);
    await settled(all);
    expect([named.data.runs.length, named.data.missing]).toEqual([
      1,
      [`${a} is gone, removed or renamed since it was found.`],
    ]);
    expect([all.data.runs.length, all.data.missing]).toEqual([1, undefined]);
  });
});

it("shows a training of Keras's as one run once its second half comes, and not its first half beside it", async () => {
  const root = newFolder();
  const logs = join(import.meta.dirname, "../../../oracles/tensorboard/logs/keras");
  cpSync(join(logs, "train"), join(root, "day", "train"), { recursive: true });
  const board = new LiveBoard(() => boardSources([root]), boardSettings());
  const names = () => board.data.runs.map(({ label }) => label);
  await settled(board);
  expect(names()).toEqual(["day/train"]);
  cpSync(join(logs, "validation"), join(root, "day", "validation"), { recursive: true });
  await settled(board);
  expect(names()).toEqual(["day"]);
  expect([...(board.data.runs[0]?.data.scalars.keys() ?? [])]).toContain("validation/epoch_loss");
});
