import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readRun, saveProfile, track } from "../../src/index.js";
import { xspace } from "../../src/native/xplane.js";
import { safeName } from "../../src/track/runFolder.js";
import { temporaryFolder } from "./track/temporaryFolder.js";

// In the zone of the machine, as TensorFlow does.
const beganAt = new Date(2026, 1, 3, 4, 5, 6, 789).getTime();
const profile = {
  beganAt,
  events: [{ name: "MatMul", kind: "op", begin: 1, milliseconds: 2, inputs: [], outputs: [], aside: false }],
} as const;
const machine = `${safeName(hostname())}.xplane.pb`;

describe("saveProfile", () => {
  it("writes where TensorBoard's plugin looks, each profile into a folder of its own", () => {
    const root = join(temporaryFolder(), "not", "there yet");
    const files = [1, 2, 3].map(() => relative(root, saveProfile(profile, root)));
    expect(files).toEqual(
      ["", "-2", "-3"].map((end) => join("plugins", "profile", `2026_02_03_04_05_06${end}`, machine)),
    );
    expect(readFileSync(join(root, files[0] ?? "")).equals(xspace(profile, hostname()))).toBe(true);
    expect(readdirSync(join(root, files[0] ?? "", ".."))).toEqual([machine]);
  });

  it("writes into a run's folder, which is read as before", () => {
    const dir = temporaryFolder();
    using run = track({ name: "profiled", dir });
    run.log({ loss: 0.5 }, 1);
    run.finish();
    const before = readRun(run.dir);
    expect(before.scalars.size).toBe(1);
    const file = saveProfile(profile, run);
    expect(relative(run.dir, file).split("/").slice(0, 2)).toEqual(["plugins", "profile"]);
    expect(readRun(run.dir)).toEqual(before);
  });

  it("takes the folder of runs unless told otherwise", () => {
    const root = temporaryFolder();
    const before = process.env.TUNELAB_RUNS;
    process.env.TUNELAB_RUNS = root;
    try {
      expect(saveProfile(profile)).toBe(join(root, "plugins", "profile", "2026_02_03_04_05_06", machine));
    } finally {
      if (before === undefined) delete process.env.TUNELAB_RUNS;
      else process.env.TUNELAB_RUNS = before;
    }
  });

  it("refuses what is no place, and says what the file system says", () => {
    const what = "saving a profile takes a run, what fit returned, or a folder, but was given";
    expect(() => saveProfile(profile, { dir: undefined })).toThrow(
      new TypeError(`${what} a training with track: false, which has no folder`),
    );
    expect(() => saveProfile(profile, "")).toThrow(new TypeError(`${what} ""`));
    expect(() => saveProfile(profile, 3 as never)).toThrow(new TypeError(`${what} number`));
    expect(() => saveProfile(profile, null as never)).toThrow(new TypeError(`${what} null`));
    const root = temporaryFolder();
    mkdirSync(join(root, "plugins"));
    writeFileSync(join(root, "plugins", "profile"), "");
    expect(() => saveProfile(profile, root)).toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync(join(root, "plugins", basename(machine)))).toBe(false);
  });
});
