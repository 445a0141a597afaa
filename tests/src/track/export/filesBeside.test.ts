import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { temporaryFolder } from "../temporaryFolder.js";

const built = JSON.stringify(
  new URL("../../../../dist/src/track/export/filesBeside.js", import.meta.url).href,
);

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

test.skipIf(process.platform === "win32")(
  "through a link, of a file that is there or not yet, the document's paths lead from the link's folder",
  async () => {
    const dir = temporaryFolder();
    runsIn(dir, "a", "b");
    mkdirSync(join(dir, "data"));
    const [link, target] = [join(dir, "a.json"), join(dir, "data", "b.json")];
    symlinkSync(target, link);
    for (const run of ["a", "b"]) {
      expect(await exportRuns(run, { to: "json", out: link, dir })).toEqual([realpathSync(target)]);
      expect(readlinkSync(link)).toBe(target);
      const named = JSON.parse(readFileSync(target, "utf8")).runs[0].artifacts[0].files[0].file;
      expect(readFileSync(join(dir, named), "utf8")).toBe(run);
      expect(readdirSync(join(dir, "data"))).toEqual(["b.json"]);
      expect(beside(join(dir, "a.files"))).toEqual([run]);
    }
  },
);

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

test.skipIf(process.platform === "win32")(
  "what an export that was killed had copied in part is removed by the next",
  async () => {
    const dir = temporaryFolder();
    runsIn(dir, "a");
    const out = join(dir, "out.json");
    const [pipe, folder] = [join(dir, "pipe"), join(dir, "out.files")];
    // Whoever reads a pipe waits for one that writes.
    execFileSync("mkfifo", [pipe]);
    const source = `
      const { filesBeside } = await import(${built});
      filesBeside(process.argv[1]).sink(process.argv[2], ".bin");`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", source, out, pipe], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(child, "exit");
    onTestFinished(() => void child.kill("SIGKILL"));
    const halves = () => readdirSync(folder).filter((name) => name.endsWith(".tmp"));
    await vi.waitFor(() => expect(halves()).toHaveLength(1), { timeout: 60_000, interval: 50 });
    child.kill("SIGKILL");
    await ended;
    expect(halves()).toHaveLength(1);
    await exportRuns("a", { to: "json", out, dir });
    expect(beside(folder)).toEqual(["a"]);
    expect(readFileSync(join(folder, ".out.json.made"), "utf8")).toMatch(/^[0-9a-f]{64}\.bin\n$/);
  },
);

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
