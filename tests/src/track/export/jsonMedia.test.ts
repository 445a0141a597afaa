/** Texts, tables, pictures, sounds, figures and artifacts in JSON, against what was logged. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storedPath } from "../../../../src/track/artifact.js";
import { exportedText, exportRuns, foundRuns } from "../../../../src/track/export/exportRuns.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { content, mediaRun } from "./mediaRun.js";

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("has texts, tables and charts in it, and files beside it that are the bytes that were logged", async () => {
  const dir = temporaryFolder();
  const { artifact, picture, run } = mediaRun(dir);
  const out = join(dir, "exported", "one.json");
  await exportRuns("media", { to: "json", out, dir });
  const [seen] = JSON.parse(readFileSync(out, "utf8")).runs;
  const at = { wallTime: expect.any(Number) };
  expect(seen.media.texts).toEqual({ "no<te>s": [{ ...at, step: 4, texts: ["**größe** </script>"] }] });
  // What a person set in the summary is not mixed up with what was logged.
  expect(seen.texts).toEqual({ verdict: "good" });
  expect(seen.media.tables).toEqual({
    wrong: [
      {
        ...at,
        step: 3,
        columns: ["i", "label"],
        rows: [
          [1, "a"],
          [2, null],
          ["NaN", "c"],
        ],
      },
    ],
  });
  expect(seen.media.evaluations).toEqual({
    "held out": [{ ...at, step: 7, ...content, r2: "NaN" }],
  });
  expect(seen.media.figures).toEqual({
    bars: [{ ...at, step: 5, spec: { mark: "bar", data: { values: [{ a: 1 }] } } }],
  });
  const png = `one.files/${digest(picture)}.png`;
  expect(seen.media.images).toEqual({
    "in/put": [
      {
        ...at,
        step: 2,
        width: 1,
        height: 1,
        images: [{ file: png, bytes: picture.length, sha256: digest(picture) }],
      },
    ],
  });
  expect(new Uint8Array(readFileSync(join(dir, "exported", png)))).toEqual(picture);
  const [{ clips }] = seen.media.audio.beep;
  expect(clips).toEqual([
    {
      sampleRate: 8000,
      channels: 1,
      frames: 3,
      file: expect.stringMatching(/\.wav$/),
      bytes: 50,
      sha256: expect.any(String),
    },
  ]);
  expect(digest(readFileSync(join(dir, "exported", clips[0].file)))).toBe(clips[0].sha256);
  expect(seen.artifacts).toEqual([
    {
      ...run.artifacts[0],
      files: [
        {
          path: "model.bin",
          sha256: digest(artifact),
          bytes: artifact.length,
          file: `one.files/${digest(artifact)}.bin`,
        },
      ],
    },
  ]);
  expect(new Uint8Array(readFileSync(join(dir, "exported", seen.artifacts[0].files[0].file)))).toEqual(
    artifact,
  );
  expect(readdirSync(join(dir, "exported", "one.files"))).toHaveLength(4);
});

test("stands alone on standard output, with files up to a mebibyte in it", () => {
  const dir = temporaryFolder();
  const { artifact, run, picture } = mediaRun(dir, { artifactBytes: 2 ** 20 + 1 });
  const onProblem = (sentence: string) => expect.fail(sentence);
  const text = (tags?: RegExp) =>
    JSON.parse(
      [...exportedText(foundRuns("media", { tags, dir, onProblem }), { to: "json", onProblem })].join(""),
    ).runs[0];
  const seen = text();
  expect(seen.media.images["in/put"][0].images[0].base64).toBe(Buffer.from(picture).toString("base64"));
  expect(seen.artifacts[0].files[0]).toEqual(run.artifacts[0]?.files[0]);
  expect(seen.artifacts[0].files[0].bytes).toBe(artifact.length);
  // Tags choose among all kinds; artifacts, which have none, are listed.
  const chosen = text(/^in/);
  expect(Object.keys(chosen.media)).toEqual(["images"]);
  expect(chosen.artifacts).toEqual(run.artifacts.map((one) => ({ ...one })));
});

test("says of an artifact that a disk has damaged that it has, and exports the rest", async () => {
  const dir = temporaryFolder();
  const { artifact, run } = mediaRun(dir);
  writeFileSync(storedPath(run.dir, digest(artifact)), "other");
  const out = join(dir, "runs.json");
  const problems: string[] = [];
  await exportRuns("media", { to: "json", out, dir, onProblem: (sentence) => problems.push(sentence) });
  expect(problems).toEqual([
    `export run media: file model.bin of artifact model.bin:v0 is left out: its bytes must have SHA-256 ${digest(artifact)}; got ${digest(Buffer.from("other"))}`,
  ]);
  const [seen] = JSON.parse(readFileSync(out, "utf8")).runs;
  expect(seen.artifacts[0].files[0]).toMatchObject({ problem: expect.stringContaining("must have SHA-256") });
  expect(seen.artifacts[0].files[0]).not.toHaveProperty("file");
  expect(seen.media.texts).toBeDefined();
});

test("has the PR curves of other programs, as TensorBoard's plugin reads them", async () => {
  const oracles = join(import.meta.dirname, "../../../oracles/tensorboard");
  const dir = temporaryFolder();
  mkdirSync(join(dir, "logs", "curves"), { recursive: true });
  copyFileSync(join(oracles, "prCurves.tfevents"), join(dir, "logs", "curves", "events.out.tfevents.1.host"));
  const out = join(dir, "curves.json");
  await exportRuns("curves", { to: "json", out, dir: join(dir, "logs") });
  const seen = JSON.parse(readFileSync(out, "utf8")).runs[0].media.prCurves;
  const expected = JSON.parse(readFileSync(join(oracles, "prCurves.json"), "utf8")).tensorboard;
  expect(Object.keys(seen).sort()).toEqual(Object.keys(expected).sort());
  for (const [tag, curves] of Object.entries<{ step: number; recall: number[]; precision: number[] }[]>(
    expected,
  ))
    expect(seen[tag]).toMatchObject(
      curves.map(({ step, recall, precision }) => ({
        step,
        points: recall.map((one, i) => [one, precision[i]]),
      })),
    );
  await exportRuns("curves", { to: "json", out, dir: join(dir, "logs"), tags: "dogs" });
  expect(JSON.parse(readFileSync(out, "utf8")).runs[0].media.prCurves).toEqual({
    "dogs/pr_curves": seen["dogs/pr_curves"],
  });
});
