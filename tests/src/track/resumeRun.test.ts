import { spawn } from "node:child_process";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun } from "../../../src/track/runReader.js";
import type { RunRecord } from "../../../src/track/runRecord.js";
import { temporaryFolder } from "./temporaryFolder.js";

const library = join(import.meta.dirname, "../../../dist/src/track");

function endedRun(root: string) {
  const run = openRun({ name: "long", dir: root, sources: [], config: { lr: 0.1 } });
  for (let step = 0; step < 10; step++) run.log({ loss: 10 - step }, step);
  run.finish("interrupted");
  return run;
}

describe("resumeRun", () => {
  test("goes on in a new file, with the record, steps and summary of before", () => {
    const root = temporaryFolder();
    const before = endedRun(root);
    const files = readdirSync(join(before.dir, "main"));
    const content = readFileSync(join(before.dir, "main", files[0]!));

    const run = resumeRun("long", { dir: root });
    expect(run.dir).toBe(before.dir);
    expect(run.record).toMatchObject({ id: before.id, config: { lr: 0.1 }, status: "running", resumed: 1 });
    expect(run.record.finishedAt).toBeUndefined();
    run.log({ loss: 0.5 });
    run.finish();

    const after = readdirSync(join(before.dir, "main")).sort();
    expect(after).toHaveLength(2);
    expect(after[0]).toBe(files[0]);
    expect(readFileSync(join(before.dir, "main", files[0]!)).equals(content)).toBe(true);
    const data = readRun(run.dir);
    expect(data.status).toBe("finished");
    expect([...data.scalars.get("loss")!.steps]).toEqual(Array.from({ length: 11 }, (_, step) => step));
    expect(data.record.summary.loss).toEqual({ last: 0.5, min: 0.5, max: 10, step: 10, count: 11 });
  });

  test("takes a configuration over the one it had, without what is undefined in it", () => {
    const root = temporaryFolder();
    endedRun(root);
    const config = { lr: undefined, epochs: 6, deep: { set: new Set([1]) } };
    const run = resumeRun("long", { dir: root, config });
    run.finish();
    expect(readRun(run.dir).record.config).toEqual({ epochs: 6, deep: { set: [1] } });
  });

  test("leaves a torn record alone and goes on beside it", () => {
    const root = temporaryFolder();
    const before = endedRun(root);
    const file = join(before.dir, "main", readdirSync(join(before.dir, "main"))[0]!);
    writeFileSync(file, readFileSync(file).subarray(0, -7));
    const run = resumeRun(before.id, { dir: root });
    run.log({ loss: 0 });
    run.finish();
    const data = readRun(run.dir);
    expect([...data.scalars.get("loss")!.values]).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(data.problems).toMatchObject([{ kind: "truncated" }]);
  });

  test("refuses while a living process owns the run", () => {
    const root = temporaryFolder();
    const run = openRun({ name: "busy", dir: root, sources: [] });
    expect(() => resumeRun("busy", { dir: root })).toThrow(
      `its owner must have ended, but process ${process.pid} on ${run.record.owner.host} still writes it`,
    );
    run.finish();
  });

  test("passes over the claim of a process that was killed before it filled it, but not one made just now", () => {
    const root = temporaryFolder();
    const claim = join(endedRun(root).dir, ".resumed-1");
    writeFileSync(claim, "");
    expect(() => resumeRun("long", { dir: root })).toThrow("another process still writes it");
    utimesSync(claim, 1.7e9, 1.7e9);
    const run = resumeRun("long", { dir: root });
    expect(run.record.resumed).toBe(2);
    run.finish();
  });

  test("of five processes at the same time no two get the run, and no point is lost", async () => {
    const root = temporaryFolder();
    const before = endedRun(root);
    const program = `
      import { resumeRun } from ${JSON.stringify(join(library, "resumeRun.js"))};
      process.stdin.once("data", () => {
        try {
          const run = resumeRun("long", { dir: process.argv[1] });
          for (let step = 10; step < 500; step++) run.log({ loss: step }, step);
          run.finish();
          console.log("got it");
        } catch (error) {
          console.log(error.message);
        }
        process.exit();
      });
      console.log("ready");`;
    const children = Array.from({ length: 5 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", program, root], {
        stdio: ["pipe", "pipe", "inherit"],
      }),
    );
    const outputs = children.map((child) => {
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => (text += chunk));
      return { ready: new Promise((resolve) => child.stdout.once("data", resolve)), text: () => text };
    });
    await Promise.all(outputs.map(({ ready }) => ready));
    for (const child of children) child.stdin.write("go");
    await Promise.all(children.map((child) => new Promise((resolve) => child.once("close", resolve))));

    // A child that comes when another has already ended may go on in its turn; never two at the same time.
    const winners = outputs.filter(({ text }) => text().includes("got it")).length;
    const record = JSON.parse(readFileSync(join(before.dir, "run.json"), "utf8")) as RunRecord;
    expect(winners).toBeGreaterThanOrEqual(1);
    expect(record.resumed).toBe(winners);
    expect(readRun(before.dir).scalars.get("loss")!.steps.length).toBe(10 + 490 * winners);
    for (const { text } of outputs) expect(text()).toMatch(/got it|still writes it/);
  });

  test("names the nearest run if there is none of that name", () => {
    const root = temporaryFolder();
    endedRun(root);
    expect(() => resumeRun("lung", { dir: root })).toThrow(
      /it must be a run's name, id or folder; the nearest are "long"/,
    );
    // Ids have no l and no u: the pattern meets none by chance.
    expect(() => resumeRun("lung*", { dir: root })).toThrow(RangeError);
  });
});
