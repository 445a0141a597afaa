import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { isCoordinated, lockSweep } from "../../../src/sweep/sweepLock.js";
import { contest } from "../../scripts/setup/lockContest.js";

/** Whether a process can be given another host's name here. */
const hasHosts = spawnSync("unshare", ["--uts", "true"]).status === 0;
if (!hasHosts) console.warn("skipped: a process cannot be given another host's name here");

const newFolder = () => mkdtempSync(join(tmpdir(), "lock-"));

test("the lock names its process, keeps others out, and leaves nothing behind", () => {
  const dir = newFolder();
  const lock = lockSweep(dir);
  expect(JSON.parse(readFileSync(join(dir, "coordinator.json"), "utf8"))).toMatchObject({ pid: process.pid });
  expect(() => lockSweep(dir)).toThrow(`is run by process ${process.pid} on ${hostname()}: only one may`);
  expect(readdirSync(dir)).toEqual(["coordinator.json"]);
  lock.release();
  expect(readdirSync(dir)).toEqual([]);
});

test("a lock whose process is gone, or that a full disk left empty, is taken over", () => {
  const dir = newFolder();
  const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  for (const left of [JSON.stringify({ pid, host: hostname() }), ""]) {
    writeFileSync(join(dir, "coordinator.json"), left);
    lockSweep(dir).release();
    expect(readdirSync(dir)).toEqual([]);
  }
});

test("a sweep of another machine goes on while its files show signs of life, and no longer", () => {
  const dir = newFolder();
  expect(isCoordinated(dir)).toBe(false);
  const file = join(dir, "coordinator.json");
  writeFileSync(file, JSON.stringify({ pid: 1, host: "elsewhere" }));
  writeFileSync(join(dir, "journal.log"), "");
  const now = Date.now() / 1000;
  expect(isCoordinated(dir, now + 30)).toBe(true);
  expect(isCoordinated(dir, now + 90)).toBe(false);
  utimesSync(file, now - 500, now - 500);
  expect(isCoordinated(dir, now + 30)).toBe(true);
  utimesSync(join(dir, "journal.log"), now - 500, now - 500);
  expect(isCoordinated(dir, now)).toBe(false);
});

test("whoever has the lock renews its time until it is given back, and never another's", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const dir = newFolder();
  const file = join(dir, "coordinator.json");
  const age = () => {
    utimesSync(file, 1e9, 1e9);
    vi.advanceTimersByTime(20_000);
    return statSync(file).mtimeMs / 1000 - 1e9;
  };
  const lock = lockSweep(dir);
  expect(age()).toBeGreaterThan(1e6);
  const mine = readFileSync(file, "utf8");
  writeFileSync(file, JSON.stringify({ pid: 1, host: "elsewhere" }));
  expect(age()).toBe(0);
  writeFileSync(file, mine);
  lock.release();
  writeFileSync(file, mine);
  expect(age()).toBe(0);
});

test("a sign of life that the file system does not take is told once, and ends the sweep only where it appends", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const dir = newFolder();
  const file = join(dir, "coordinator.json");
  const told: string[] = [];
  const lock = lockSweep(dir, { onFault: ({ message }) => told.push(message) });
  const mine = readFileSync(file, "utf8");
  rmSync(file);
  symlinkSync("coordinator.json", file);
  vi.advanceTimersByTime(40_000);
  expect(told).toEqual([expect.stringContaining("ELOOP")]);
  expect(() => lock.assertHeld()).toThrow("ELOOP");
  rmSync(file);
  writeFileSync(file, mine);
  lock.assertHeld();
  vi.advanceTimersByTime(40_000);
  expect(told).toHaveLength(1);
  lock.release();
  expect(readdirSync(dir)).toEqual([]);
});

/** As files are that nobody changed for so many seconds. */
function age(dir: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  for (const name of readdirSync(dir)) utimesSync(join(dir, name), time, time);
}

/** What it throws; the last digit of the seconds is how slow this machine is. */
function refused(take: () => void): string {
  try {
    take();
  } catch (error) {
    return (error as Error).message.replace(/\d(?= s ago)/, "x");
  }
  return "taken";
}

/** A process on another host that has the sweep, and answers each line that it is sent. */
async function holder(dir: string) {
  const source = `
    import { createInterface } from "node:readline";
    const { lockSweep } = await import(${built});
    const lock = lockSweep(process.argv[1]);
    console.log("held");
    createInterface({ input: process.stdin }).on("line", (line) => {
      if (line === "release") {
        lock.release();
        return console.log("released");
      }
      // The process was halted for so long.
      const now = Date.now;
      Date.now = () => now() + 20_000;
      try {
        lock.assertHeld();
        console.log("still held");
      } catch (error) {
        console.log(error.message);
      }
    });`;
  const start = `hostname elsewhere && exec "$@"`;
  const program = ["sh", "-c", start, "sh", process.execPath, "--input-type=module", "-e", source, dir];
  const child = spawn("unshare", ["--uts", ...program], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = async () => String((await once(child.stdout, "data"))[0]).trim();
  expect(await said()).toBe("held");
  return {
    pid: child.pid,
    child,
    async ask(line: string) {
      child.stdin.write(`${line}\n`);
      return await said();
    },
  };
}

test.skipIf(!hasHosts)(
  "of another host it is taken over where that is asked for and no sign of life came for a minute",
  async () => {
    const dir = newFolder();
    writeFileSync(join(dir, "journal.log"), "");
    const other = await holder(dir);
    const who = `the sweep in ${dir} is run by process ${other.pid} on elsewhere, which gave its last sign of life`;
    const offer =
      "if that process is gone, --take-over (takeOver: true in code) takes it once there was none for 60 s";
    age(dir, 31);
    expect(refused(() => lockSweep(dir))).toBe(`${who} 3x s ago: only one may; ${offer}`);
    expect(refused(() => lockSweep(dir, { takeOver: true }))).toBe(
      `${who} 3x s ago: only one may, and it can be taken over once there was none for 60 s`,
    );
    expect(await other.ask("look")).toBe("still held");
    // A sign of life of that host, by the clock of the file system.
    expect(() => lockSweep(dir, { takeOver: true })).toThrow(/life \d s ago/);
    other.child.kill("SIGSTOP");
    age(dir, 100);
    expect(refused(() => lockSweep(dir))).toBe(`${who} 10x s ago: only one may; ${offer}`);
    const lock = lockSweep(dir, { takeOver: true });
    expect(JSON.parse(readFileSync(join(dir, "coordinator.json"), "utf8"))).toMatchObject({
      pid: process.pid,
    });
    other.child.kill("SIGCONT");
    expect(await other.ask("look")).toBe(
      `the sweep in ${dir} was taken over by process ${process.pid} on ${hostname()}: this one goes on with it no more`,
    );
    expect(await other.ask("release")).toBe("released");
    lock.assertHeld();
    expect(readdirSync(dir)).toEqual(["coordinator.json", "journal.log"]);
    lock.release();
    expect(readdirSync(dir)).toEqual(["journal.log"]);
  },
);

test("one of this host that lives is never taken over", () => {
  const dir = newFolder();
  const lock = lockSweep(dir);
  age(dir, 1000);
  expect(() => lockSweep(dir, { takeOver: true })).toThrow(`on ${hostname()}: only one may`);
  lock.release();
});

test("times ahead of the clock are no signs of life, and a takeover that another host died in blocks nobody", () => {
  const dir = newFolder();
  const far = JSON.stringify({ pid: 1, host: "elsewhere" });
  writeFileSync(join(dir, "coordinator.json"), far);
  writeFileSync(join(dir, "coordinator.json.takeover"), far);
  age(dir, 100);
  utimesSync(join(dir, "coordinator.json"), Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
  lockSweep(dir, { takeOver: true }).release();
  expect(readdirSync(dir)).toEqual([]);
});

test.each([
  [120, 0, "young"],
  [-120, 100, "old"],
])("on a machine whose clock is %d s off a takeover of %d s is %s", (off, seconds, known) => {
  const dir = newFolder();
  const takeover = join(dir, "coordinator.json.takeover");
  writeFileSync(join(dir, "coordinator.json"), JSON.stringify({ pid: 9_999_999, host: hostname() }));
  writeFileSync(takeover, JSON.stringify({ pid: 1, host: "elsewhere" }));
  age(dir, seconds);
  const now = Date.now();
  vi.spyOn(Date, "now").mockReturnValue(now + off * 1000);
  let waits = 0;
  vi.spyOn(Atomics, "wait").mockImplementation(() => {
    waits++;
    rmSync(takeover);
    return "timed-out";
  });
  onTestFinished(() => void vi.restoreAllMocks());
  lockSweep(dir).release();
  expect(waits > 0 ? "young" : "old").toBe(known);
  expect(readdirSync(dir)).toEqual([]);
});

const built = JSON.stringify(new URL("../../../dist/src/sweep/sweepLock.js", import.meta.url).href);

test("of several processes that take over a dead lock at once, one at a time has it", async () => {
  const dead = JSON.stringify({ pid: 9_999_999, host: hostname() });
  const take = `import { lockSweep } from ${built};
const take = (folder) => { const lock = lockSweep(folder); return () => lock.release(); };`;
  const { held, shared, folders } = await contest({ take, lock: "coordinator.json", dead });
  expect(shared).toBe(0);
  expect(held).toBeGreaterThanOrEqual(folders.length);
  expect(folders.flatMap((folder) => readdirSync(folder))).toEqual([]);
});

test("a process that died while it took over blocks nobody", () => {
  const dir = newFolder();
  const dead = JSON.stringify({ pid: 9_999_999, host: hostname() });
  writeFileSync(join(dir, "coordinator.json"), dead);
  writeFileSync(join(dir, "coordinator.json.takeover"), dead);
  const lock = lockSweep(dir);
  expect(readdirSync(dir)).toEqual(["coordinator.json"]);
  expect(() => lockSweep(dir)).toThrow("only one may");
  lock.release();
  expect(readdirSync(dir)).toEqual([]);
});

test("only what is still its own is given back", () => {
  const dir = newFolder();
  const other = JSON.stringify({ pid: 1, host: "elsewhere" });
  const lock = lockSweep(dir);
  writeFileSync(join(dir, "coordinator.json"), other);
  lock.release();
  expect(readFileSync(join(dir, "coordinator.json"), "utf8")).toBe(other);
});

test("whoever sees the lock sees its owner", () => {
  // An observer in a thread of this process would share its event loop only in turns; another process does not.
  const dir = newFolder();
  const file = join(dir, "coordinator.json");
  const observer = `
    const { readFileSync } = require("node:fs");
    let empty = 0;
    for (const end = Date.now() + 1500; Date.now() < end; )
      try { if (readFileSync(${JSON.stringify(file)}, "utf8") === "") empty++; } catch {}
    console.log(empty);`;
  const locker = `
    const { lockSweep } = await import(${built});
    for (const end = Date.now() + 1500; Date.now() < end; ) lockSweep(${JSON.stringify(dir)}).release();`;
  const both = `${process.execPath} --input-type=module -e '${locker.replaceAll("'", "")}' & ${process.execPath} -e '${observer}'; wait`;
  expect(execFileSync("bash", ["-c", both], { encoding: "utf8" }).trim()).toBe("0");
});
