/** What an offline run of wandb has beside numbers, read back from its own file; needs the package, as `wandb.test.ts` says. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storedPath } from "../../../../src/track/artifact.js";
import { exportRuns } from "../../../../src/track/export/exportRuns.js";
import { openRun } from "../../../../src/track/openRun.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { bits, readers } from "./awkwardRuns.js";
import { mediaRun } from "./mediaRun.js";

const python = process.env.TUNELAB_PYTHON || join(import.meta.dirname, "../../../../.venv-bench/bin/python");
const hasWandb = existsSync(python) && spawnSync(python, ["-c", "import wandb"]).status === 0;
if (!hasWandb) console.warn(`skipped: ${python} has no package wandb (npm run bench:setup)`);

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

describe.skipIf(!hasWandb)("a run of wandb", () => {
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

  test("is refused where an artifact's bytes are no longer those that were kept", async () => {
    const dir = temporaryFolder();
    const { artifact, run } = mediaRun(dir);
    writeFileSync(storedPath(run.dir, digest(artifact)), "other");
    await expect(exportRuns("media", { to: "wandb", out: join(dir, "x"), dir, python })).rejects.toThrow(
      /model\.bin must have SHA-256/,
    );
  });
});
