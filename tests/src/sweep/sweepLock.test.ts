import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockSweep } from "../../../src/sweep/sweepLock.js";

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
    const { lockSweep } = await import(${JSON.stringify(new URL("../../../dist/src/sweep/sweepLock.js", import.meta.url).href)});
    for (const end = Date.now() + 1500; Date.now() < end; ) lockSweep(${JSON.stringify(dir)})();`;
  const both = `${process.execPath} --input-type=module -e '${locker.replaceAll("'", "")}' & ${process.execPath} -e '${observer}'; wait`;
  expect(execFileSync("bash", ["-c", both], { encoding: "utf8" }).trim()).toBe("0");
}, 20_000);
