import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { temporaryFolder } from "../temporaryFolder.js";

/** Runs with an artifact each, of the name and content of the run. */
function runsIn(dir: string, ...names: string[]): void {
  for (const name of names) {
    const run = openRun({ name, dir, sources: [], system: false, output: false });
    run.artifact(Buffer.from(name), { name: `${name}.bin` });
    run.finish();
  }
}

/** Contents of the files beside a document that are no lists of ours. */
function beside(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".made"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .sort();
}

test("an export to the same file removes what the one before put beside it, and nothing else", async () => {
  const dir = temporaryFolder();
  runsIn(dir, "a", "b", "c");
  const folder = join(dir, "out.files");
  const to = (runs: string | string[], name = "out.json") =>
    exportRuns(runs, { to: "json", out: join(dir, name), dir });
  await to(["a", "b"]);
  expect(beside(folder)).toEqual(["a", "b"]);
  // A person's own, also one whose name is a digest; and what another document names.
  const digest = "0".repeat(64);
  for (const name of ["notes.txt", `${digest}.bin`]) writeFileSync(join(folder, name), "mine");
  await to(["b", "c"], "out");
  expect(beside(folder)).toEqual(["a", "b", "c", "mine", "mine"]);
  await to("c");
  expect(beside(folder)).toEqual(["b", "c", "mine", "mine"]);
  await to("a", "out");
  expect(beside(folder)).toEqual(["a", "c", "mine", "mine"]);
  const named = JSON.parse(readFileSync(join(dir, "out.json"), "utf8")).runs[0].artifacts[0].files[0].file;
  expect(readFileSync(join(dir, named), "utf8")).toBe("c");
});

test("nothing is left of the folder once no document names a file", async () => {
  const dir = temporaryFolder();
  runsIn(dir, "a");
  openRun({ name: "plain", dir, sources: [], system: false, output: false }).finish();
  const out = join(dir, "out.json");
  await exportRuns("a", { to: "json", out, dir });
  expect(existsSync(join(dir, "out.files"))).toBe(true);
  await exportRuns("plain", { to: "json", out, dir });
  expect(existsSync(join(dir, "out.files"))).toBe(false);
});

test("an export that fails removes nothing, and a list names no file elsewhere", async () => {
  const dir = temporaryFolder();
  runsIn(dir, "a", "b");
  const out = join(dir, "out.json");
  await exportRuns("a", { to: "json", out, dir });
  writeFileSync(join(dir, "kept"), "kept");
  writeFileSync(join(dir, "out.files", ".out.json.made"), `../kept\n${"1".repeat(64)}/../../kept\n`, {
    flag: "a",
  });
  await expect(exportRuns("nothing", { to: "json", out, dir })).rejects.toThrow(RangeError);
  expect(beside(join(dir, "out.files"))).toEqual(["a"]);
  await exportRuns("b", { to: "json", out, dir });
  expect(beside(join(dir, "out.files"))).toEqual(["b"]);
  expect(readFileSync(join(dir, "kept"), "utf8")).toBe("kept");
});

test("what the disk does not take ends the export", async () => {
  const dir = temporaryFolder();
  runsIn(dir, "a");
  mkdirSync(join(dir, "out"));
  writeFileSync(join(dir, "out", "out.files"), "a file is in the way");
  await expect(exportRuns("a", { to: "json", out: join(dir, "out", "out.json"), dir })).rejects.toThrow(
    "EEXIST",
  );
  expect(readdirSync(join(dir, "out"))).toEqual(["out.files"]);
});
