import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findRuns } from "../../../src/track/findRuns.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { readRun, readRunRecord } from "../../../src/track/runReader.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

const library = JSON.stringify(join(import.meta.dirname, "../../../dist/src/track/openRun.js"));

/** A process that has a run open, and runs each line that it is sent with `run` in sight. */
async function writer(dir: string) {
  const source = `
    import { createInterface } from "node:readline";
    import { openRun } from ${library};
    const run = openRun({ name: "there", dir: process.argv[1], sources: [], system: false });
    run.log({ loss: 1 }, 0);
    console.log("ready");
    createInterface({ input: process.stdin }).on("line", (line) => {
      new Function("run", line)(run);
      console.log("done");
    });`;
  const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", source, dir], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const out = child.stdout as NodeJS.ReadableStream;
  const errors: string[] = [];
  child.stderr?.on("data", (chunk) => errors.push(String(chunk)));
  await once(out, "data");
  const [folder = ""] = findRuns("there", { dir });
  return {
    child,
    folder,
    errors,
    async tell(line: string) {
      child.stdin?.write(`${line}\n`);
      await once(out, "data");
    },
  };
}

const status = (dir: string) => runs({ dir }).rows[0]?.status;

function edit(folder: string, change: (record: Record<string, unknown>) => object): void {
  const file = join(folder, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, ...change(record) }));
}

/** As a run of another machine that has been silent since 2023. */
function moveAway(folder: string): void {
  edit(folder, ({ owner }) => ({
    owner: { ...(owner as object), host: "elsewhere" },
    heartbeat: "2023-11-14T22:13:20.000Z",
  }));
  for (const file of readdirSync(join(folder, "main"))) utimesSync(join(folder, "main", file), 1.7e9, 1.7e9);
}

test("a process that is there runs, one that was killed was killed, and its run can be resumed", async () => {
  const dir = temporaryFolder();
  const { child, folder } = await writer(dir);
  expect(status(dir)).toBe("running");
  expect(() => resumeRun("there", { dir })).toThrow(`process ${child.pid} on`);
  child.kill("SIGSTOP");
  expect(status(dir)).toBe("running");
  child.kill("SIGKILL");
  await once(child, "close");
  expect(status(dir)).toBe("killed");
  expect(readRun(folder).status).toBe("killed");
  const warnings: string[] = [];
  const again = resumeRun("there", { dir, system: false, warn: (sentence) => warnings.push(sentence) });
  expect(status(dir)).toBe("running");
  again.log({ loss: 0 });
  again.finish();
  expect(status(dir)).toBe("finished");
  expect([...(readRun(folder).scalars.get("loss")?.steps ?? [])]).toEqual([0, 1]);
  expect(warnings).toEqual([]);
});

test("a later process with its number is not taken for it", async () => {
  const dir = temporaryFolder();
  const { folder } = await writer(dir);
  const other = await writer(temporaryFolder());
  edit(folder, ({ owner }) => ({ owner: { ...(owner as object), pid: other.child.pid } }));
  const { owner } = readRunRecord(folder);
  // Processes of one hundredth of a second cannot be told apart.
  const began = readRunRecord(other.folder).owner.processStart;
  expect(status(dir)).toBe(owner.processStart === began ? "running" : "killed");
  edit(folder, () => ({ owner: { ...owner, processStart: "1" } }));
  expect(status(dir)).toBe("killed");
});

test("a process of another container with its number is neither taken for it nor for its death", async () => {
  const dir = temporaryFolder();
  const { folder } = await writer(dir);
  const elsewhere = (owner: unknown) => ({ ...(owner as object), namespace: "pid:[1]", pid: 2 ** 22 + 1 });
  edit(folder, ({ owner }) => ({ owner: elsewhere(owner) }));
  expect(status(dir)).toBe("running");
  moveAway(folder);
  expect(status(dir)).toBe("stale");
});

test("on another machine signs of life tell, whatever its clock says", async () => {
  const dir = temporaryFolder();
  const { folder } = await writer(dir);
  edit(folder, ({ owner }) => ({ owner: { ...(owner as object), host: "elsewhere" } }));
  expect(status(dir)).toBe("running");
  expect(() => resumeRun("there", { dir })).toThrow("on elsewhere still writes it");
  moveAway(folder);
  expect(status(dir)).toBe("stale");
  // Ahead by an hour: of a process that has long been dead.
  edit(folder, () => ({ heartbeat: new Date(Date.now() + 3_600_000).toISOString() }));
  expect(status(dir)).toBe("stale");
  // Ahead by some seconds: as clocks are.
  edit(folder, () => ({ heartbeat: new Date(Date.now() + 5000).toISOString() }));
  expect(status(dir)).toBe("running");
});

test("who is taken for dead and lives leaves the record to who resumed, and says so once", async () => {
  const dir = temporaryFolder();
  const { child, folder, errors, tell } = await writer(dir);
  moveAway(folder);
  const warnings: string[] = [];
  const again = resumeRun("there", { dir, system: false, warn: (sentence) => warnings.push(sentence) });
  const silent = Math.round(Date.now() / 1000 - 1.7e9);
  expect(warnings).toEqual([
    expect.stringMatching(
      new RegExp(
        `^run "there" is taken from process ${child.pid} on elsewhere, which gave its last sign of life ${Math.floor(silent / 1000)}\\d{3} s ago: should`,
      ),
    ),
  ]);
  again.log({ loss: 5 }, 1);
  again.describe({ notes: "the second's" });
  await tell('run.log({ loss: 7 }, 1); run.describe({ notes: "the first\'s" });');
  await tell('run.describe({ notes: "again" });');
  expect(readRunRecord(folder)).toMatchObject({ notes: "the second's", owner: { pid: process.pid } });
  await tell("run.finish();");
  await expect
    .poll(() => errors.join(""), { message: "what the process that lost the run says" })
    .not.toBe("");
  expect(errors.join("")).toMatch(/^tunelab: run "there" was resumed by process \d+ on \S+, .*\n$/);
  expect(readRunRecord(folder).status).toBe("running");
  child.kill("SIGKILL");
  again.finish();
  // Points of both are kept.
  expect([...(readRun(folder).scalars.get("loss")?.values ?? [])].sort()).toEqual([1, 5, 7]);
  expect(readRunRecord(folder)).toMatchObject({ status: "finished", notes: "the second's" });
});

test("a claim of a process that died before it took the run changes nothing for who has it", async () => {
  const dir = temporaryFolder();
  const { folder, errors, tell } = await writer(dir);
  writeFileSync(join(folder, ".resumed-1"), "");
  await tell('run.describe({ notes: "still mine" });');
  expect(readRunRecord(folder).notes).toBe("still mine");
  expect(errors).toEqual([]);
});
