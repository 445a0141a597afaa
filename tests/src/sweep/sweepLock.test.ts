import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { isCoordinated, lockSweep } from "../../../src/sweep/sweepLock.js";
import { contest } from "../../scripts/setup/lockContest.js";

const newFolder = () => mkdtempSync(join(tmpdir(), "lock-"));

test("the lock names its process, keeps others out, and leaves nothing behind", () => {
  const dir = newFolder();
  const release = lockSweep(dir);
  expect(JSON.parse(readFileSync(join(dir, "coordinator.json"), "utf8"))).toMatchObject({ pid: process.pid });
  expect(() => lockSweep(dir)).toThrow(`is run by process ${process.pid} on ${hostname()}: only one may`);
  expect(readdirSync(dir)).toEqual(["coordinator.json"]);
  release();
  expect(readdirSync(dir)).toEqual([]);
});

test("a lock whose process is gone, or that a full disk left empty, is taken over", () => {
  const dir = newFolder();
  const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  for (const left of [JSON.stringify({ pid, host: hostname() }), ""]) {
    writeFileSync(join(dir, "coordinator.json"), left);
    lockSweep(dir)();
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
  const release = lockSweep(dir);
  expect(age()).toBeGreaterThan(1e6);
  const mine = readFileSync(file, "utf8");
  writeFileSync(file, JSON.stringify({ pid: 1, host: "elsewhere" }));
  expect(age()).toBe(0);
  writeFileSync(file, mine);
  release();
  writeFileSync(file, mine);
  expect(age()).toBe(0);
});

const built = JSON.stringify(new URL("../../../dist/src/sweep/sweepLock.js", import.meta.url).href);

test("of several processes that take over a dead lock at once, one at a time has it", async () => {
  const dead = JSON.stringify({ pid: 9_999_999, host: hostname() });
  const take = `import { lockSweep as take } from ${built};`;
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
  const release = lockSweep(dir);
  expect(readdirSync(dir)).toEqual(["coordinator.json"]);
  expect(() => lockSweep(dir)).toThrow("only one may");
  release();
  expect(readdirSync(dir)).toEqual([]);
});

test("only what is still its own is given back", () => {
  const dir = newFolder();
  const other = JSON.stringify({ pid: 1, host: "elsewhere" });
  const release = lockSweep(dir);
  writeFileSync(join(dir, "coordinator.json"), other);
  release();
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
    for (const end = Date.now() + 1500; Date.now() < end; ) lockSweep(${JSON.stringify(dir)})();`;
  const both = `${process.execPath} --input-type=module -e '${locker.replaceAll("'", "")}' & ${process.execPath} -e '${observer}'; wait`;
  expect(execFileSync("bash", ["-c", both], { encoding: "utf8" }).trim()).toBe("0");
});
