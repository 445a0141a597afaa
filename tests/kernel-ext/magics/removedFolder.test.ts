import { describe, expect, it } from "vitest";
import { kernelScene } from "../kernelScene.js";

describe("magics that look at runs, in a folder that was removed", () => {
  const { run, out } = kernelScene({ env: { TUNELAB_RUNS: "", TUNELAB_SWEEPS: "" } });

  it("say where there are none, and that their folder is gone, each in one sentence", async () => {
    const folder = (
      await out(`
import { mkdirSync, rmSync } from "node:fs";
import { track } from "tunelab";
mkdirSync("inner");
process.chdir("inner");
const kept = track({ name: "kept" });
kept.finish();
console.log(process.cwd());`)
    ).trim();
    await run("rmSync('runs', { recursive: true })");
    expect(await out("%runs")).toBe(`no runs in ${folder}/runs yet\n`);
    expect(await out("%runs ke* *pt")).toBe(`no run in ${folder}/runs fits ke* *pt\n`);
    for (const magic of ["%runs kept", "%board kept"])
      await expect(run(magic), magic).rejects.toThrow(
        /^MagicError: .*kept-\w{8}.* is not there[;:] there (?:is no run yet|are none in .*)$/,
      );
    await run("rmSync('../inner', { recursive: true })");
    const gone = `the working directory must be there; ${folder} is gone, removed or renamed; process.chdir (in a notebook %cd) goes elsewhere`;
    for (const magic of ["%runs", "%runs kept", "%board", "%board kept", "%doctor", "%best loss"])
      await expect(run(magic), magic).rejects.toThrow(gone);
    await run("%cd ..");
    expect(await out("%runs")).toMatch(/^no runs in /);
  });

  it("say so too where the system never told its path", async () => {
    await run("mkdirSync('brief'); process.chdir('brief'); rmSync('../brief', { recursive: true });");
    for (const magic of ["%runs", "%board", "%board kept"])
      await expect(run(magic), magic).rejects.toThrow(
        'MagicError: look into "runs": that is in the working directory, which must be there; it is gone',
      );
  });
});
