/** What an offline run of wandb has beside numbers, read back from its own file. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storedPath } from "../../../../src/track/artifact.js";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { readRun } from "../../../../src/track/runReader.js";
import { footerBytes, frameRecord, headerBytes } from "../../../../src/track/tfRecord.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { bits, readers } from "./awkwardRuns.js";
import { mediaRun } from "./mediaRun.js";

const python = join(import.meta.dirname, "../../../../.venv-test/bin/python");
const bin = join(import.meta.dirname, "../../../../bin/tunelab.mjs");

interface Seen {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly artifacts: readonly { name: string; aliases: string[]; files: Record<string, string> }[];
}

function wandbReads(folder: string): Seen {
  const { status, stdout, stderr } = spawnSync(python, [readers, "wandb", folder], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Seen;
}

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a run of wandb", () => {
  test("has texts, tables, pictures, sounds, figures and artifacts", async () => {
    const dir = temporaryFolder();
    const { artifact, picture } = mediaRun(dir);
    const out = join(dir, "exported");
    const [folder = ""] = await exportRuns("media", { to: "wandb", out, dir, python });
    const seen = wandbReads(folder);
    const file = (tag: string) => {
      const row = seen.rows.find((one) => `${tag}/_type` in one)!;
      const bytes = readFileSync(join(folder, "files", String(row[`${tag}/path`])));
      return { type: row[`${tag}/_type`], step: row.step, bytes: new Uint8Array(bytes) };
    };
    const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes);
    expect(file("in/put")).toEqual({ type: "image-file", step: bits(2), bytes: picture });
    expect(file("wrong")).toMatchObject({ type: "table-file", step: bits(3) });
    const table = JSON.parse(text(file("wrong")));
    expect(table.columns).toEqual(["i", "label"]);
    expect(table.data).toEqual([
      [1, "a"],
      [2, null],
      ["NaN", "c"],
    ]);
    expect(file("no<te>s")).toMatchObject({ type: "html-file", step: bits(4) });
    // As text, not as what it would be in a page.
    expect(text(file("no<te>s"))).toContain(">**größe** &lt;/script&gt;</pre>");
    expect(file("bars")).toMatchObject({ type: "html-file", step: bits(5) });
    expect(text(file("bars"))).toContain("&quot;mark&quot;: &quot;bar&quot;");
    const sound = file("beep");
    expect(sound).toMatchObject({ type: "audio-file", step: bits(6) });
    expect(Buffer.from(sound.bytes.subarray(0, 4)).toString()).toBe("RIFF");
    expect(sound.bytes).toHaveLength(44 + 3 * 2);
    expect(seen.artifacts).toContainEqual({
      name: "model.bin",
      aliases: expect.arrayContaining(["best"]),
      files: { "model.bin": digest(artifact) },
    });
    // What is to be uploaded waits there, and nothing of ours beside it.
    expect(readdirSync(out).sort()).toEqual(["artifacts", "wandb"]);
  });

  test("writes nothing outside of its folder, whatever a tag is called", async () => {
    const dir = temporaryFolder();
    const run = openRun({ name: "outward", dir, sources: [], system: false, output: false });
    run.text("../../../../../out", "x", 0);
    run.text("/abs", "y", 1);
    run.finish();
    const out = join(dir, "exported");
    const [folder = ""] = await exportRuns("outward", { to: "wandb", out, dir, python });
    expect(readdirSync(join(folder, "files", "media", "html", "-", "-")).length).toBeGreaterThan(0);
    expect(readdirSync(out)).toEqual(["wandb"]);
    expect(readdirSync(join(out, "wandb")).filter((name) => name.endsWith(".html"))).toEqual([]);
  });

  test("lacks what cannot be read or is no picture, which is told, and has the rest", async () => {
    const dir = temporaryFolder();
    const { artifact, run } = mediaRun(dir);
    const found = readRun(run.dir).images.get("in/put")![0]!.images[0]!;
    const bytes = readFileSync(found.file);
    bytes.fill(0, found.offset, found.offset + found.length);
    writeFileSync(found.file, withSums(bytes));
    writeFileSync(storedPath(run.dir, digest(artifact)), "other");
    const problems: string[] = [];
    const [folder = ""] = await exportRuns("media", {
      to: "wandb",
      out: join(dir, "x"),
      dir,
      python,
      onProblem: (sentence) => problems.push(sentence),
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /^export run media: image "in\/put" at step 2 is left out: wandb does not take it: ./,
      ),
      `export run media: artifact model.bin:v0 is left out: its file model.bin must have SHA-256 ${digest(artifact)}; got ${digest(Buffer.from("other"))}`,
    ]);
    const seen = wandbReads(folder);
    // wandb keeps tables as artifacts of its own.
    expect(seen.artifacts.map(({ name }) => name)).toEqual([`run-${run.id}-wrong`]);
    const kinds = seen.rows.flatMap((row) => Object.entries(row).filter(([key]) => key.endsWith("/_type")));
    expect(kinds.map(([key]) => key).sort()).toEqual(
      ["bars", "beep", "held out", "no<te>s", "wrong"].map((tag) => `${tag}/_type`),
    );
  });

  test("that cannot be read whole says so on the command line, at the end and by the exit code", () => {
    const dir = temporaryFolder();
    const { artifact, run } = mediaRun(dir);
    rmSync(storedPath(run.dir, digest(artifact)));
    const exported = (...words: string[]) =>
      spawnSync(process.execPath, [bin, "export", "media", "--dir", dir, ...words], { encoding: "utf8" });
    const wandb = exported("--to", "wandb", "--out", join(dir, "x"), "--python", python);
    expect(wandb.stderr).toMatch(
      /^tunelab: export run media: artifact model.bin:v0 is left out: .*No such file/,
    );
    expect([wandb.status, wandb.stdout.trim().split("\n").length]).toEqual([1, 1]);
    const json = exported("--to", "json");
    expect(json.stderr).toMatch(
      /^tunelab: export run media: file model.bin of artifact model.bin:v0 is left out: ENOENT/,
    );
    expect([json.status, JSON.parse(json.stdout).runs.length]).toEqual([1, 1]);
    expect(exported("--to", "csv")).toMatchObject({ status: 0, stderr: "" });
  });
});

/** Records of an event file with checksums that fit again. */
function withSums(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    frameRecord(bytes, at, length);
    at += headerBytes + length + footerBytes;
  }
  return bytes;
}
