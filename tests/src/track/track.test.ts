import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { installRunBoards } from "../../../src/track/runBoards.js";
import { readRun } from "../../../src/track/runReader.js";
import { type TrackOptions, track } from "../../../src/track/track.js";
import { temporaryFolder } from "./temporaryFolder.js";

installHost(terminalHost());

describe("track", () => {
  test("records a loop of one's own, and goes on with it", () => {
    const dir = temporaryFolder();
    const run = track({ name: "by-hand", config: { lr: 0.1 }, tags: ["first"], seed: 3, dir });
    for (const loss of [3, 2, 1]) run.log({ loss });
    run.finish();
    const again = track({ resume: "by-hand", dir });
    again.log({ loss: 0 });
    again.finish();
    const { record, scalars } = readRun(run.dir);
    expect(record).toMatchObject({ config: { lr: 0.1 }, tags: ["first"], seed: 3, resumed: 1 });
    expect([...(scalars.get("loss")?.values ?? [])]).toEqual([3, 2, 1, 0]);
    expect([...(scalars.get("loss")?.steps ?? [])]).toEqual([0, 1, 2, 3]);
  });

  test.each([
    [{ name: 3 }, "track: name must be a text, not an empty one; got 3"],
    [{ name: "" }, 'track: name must be a text, not an empty one; got ""'],
    [{ name: " \n" }, 'track: name must be a text, not an empty one; got " \\n"'],
    [{ tags: "first" }, 'track: tags must be a list of texts; got "first"'],
    [{ tags: [1] }, "track: tags must be a list of texts; got [1]"],
    [{ config: [0.1] }, "track: config must be an object; got [0.1]"],
    [{ seed: 0.5 }, "track: seed must be an integer; got 0.5"],
    [{ board: 1 }, "track: board must be true, false or a regular expression as a text; got 1"],
    [{ nmae: "x" }, "track: its options are name, config,"],
    [
      { resume: "x", config: {}, tags: [] },
      "resume stands alone or with dir, system, output and board; got config, tags too",
    ],
  ])("refuses %j", (options, message) => {
    const dir = temporaryFolder();
    const tracking = () => track({ dir, ...options } as TrackOptions);
    expect(tracking).toThrow(TypeError);
    expect(tracking).toThrow(message);
  });

  test("refuses a board of tags by no regular expression, before it opens a run", () => {
    const dir = temporaryFolder();
    expect(() => track({ dir, board: "(" })).toThrow(SyntaxError);
    expect(() => track({ dir, board: "(" })).toThrow("track: board must be a regular expression; ");
    expect(readdirSync(dir)).toEqual([]);
  });

  test("tells the board of all that is logged, and of the end; runs without one tell nobody", () => {
    const dir = temporaryFolder();
    const told: string[] = [];
    const before = installRunBoards((run, tags) => ({
      changed: () => told.push(`${run.name} ${tags} changed`),
      end: () => told.push(`${run.name} ended: ${run.record.status}`),
    }));
    try {
      const all = track({ name: "all", dir, board: true });
      all.log({ loss: 1 });
      all.histogram("weights", { edges: Float64Array.of(0, 1), counts: Float64Array.of(3) });
      all.text("note", "a text");
      all.finish("failed");
      expect(told).toEqual(["all  changed", "all  changed", "all  changed", "all ended: failed"]);
      told.length = 0;
      const some = track({ resume: "all", dir, board: "train/loss" });
      some.log({ loss: 2 });
      some.finish();
      expect(told).toEqual(["all train/loss changed", "all ended: finished"]);
      told.length = 0;
      for (const board of [false, undefined]) {
        const none = track({ name: "none", dir, ...(board === false && { board }) });
        none.log({ loss: 1 });
        none.finish();
      }
      expect(told).toEqual([]);
    } finally {
      installRunBoards(before);
    }
  });
});
