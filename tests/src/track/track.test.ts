import { describe, expect, test } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
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
    [{ name: 3 }, "track: name must be a text; got 3"],
    [{ tags: "first" }, 'track: tags must be a list of texts; got "first"'],
    [{ tags: [1] }, "track: tags must be a list of texts; got [1]"],
    [{ config: [0.1] }, "track: config must be an object; got [0.1]"],
    [{ seed: 0.5 }, "track: seed must be an integer; got 0.5"],
    [{ nmae: "x" }, "track: its options are name, config,"],
    [
      { resume: "x", config: {}, tags: [] },
      "resume stands alone or with dir, system and output; got config, tags too",
    ],
  ])("refuses %j", (options, message) => {
    const dir = temporaryFolder();
    const tracking = () => track({ dir, ...options } as TrackOptions);
    expect(tracking).toThrow(TypeError);
    expect(tracking).toThrow(message);
  });
});
