import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findArtifact } from "../../../src/track/findArtifact.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { runs } from "../../../src/track/runs.js";
import { temporaryFolder } from "./temporaryFolder.js";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Paths of all files under a folder. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("a folder is kept by content and comes back as it was", () => {
  const dir = temporaryFolder();
  const model = join(temporaryFolder(), "model");
  mkdirSync(join(model, "parts"), { recursive: true });
  const large = Buffer.alloc(9 * 2 ** 20, "0123456789");
  writeFileSync(join(model, "weights.bin"), large);
  writeFileSync(join(model, "model.json"), "{}");
  writeFileSync(join(model, "parts", "größe.json"), "{}");
  const run = openRun({ name: "kept", dir, sources: [] });
  const kept = run.artifact(model, { alias: "best" });
  expect(`${kept}`).toBe("model:v0");
  expect(kept.aliases).toEqual(["latest", "best"]);
  const stored = filesUnder(join(run.dir, "artifacts"));
  expect(stored).toHaveLength(2);
  for (const file of stored)
    expect(file.split("/").slice(-3)).toEqual([
      "sha256",
      createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 2),
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    ]);
  run.finish();

  const [row] = runs({ dir });
  const found = findArtifact(row!, "best");
  const target = join(temporaryFolder(), "deep", "copy");
  found.copyTo(target);
  expect(
    filesUnder(target)
      .map((file) => file.slice(target.length))
      .sort(),
  ).toEqual(["/model.json", "/parts/größe.json", "/weights.bin"]);
  expect(readFileSync(join(target, "weights.bin")).equals(large)).toBe(true);
  expect(Buffer.from(found.bytes("weights.bin")).equals(large)).toBe(true);
  expect(() => found.bytes()).toThrow("read artifact model:v0: the file must be one of its 3; got no name");
  expect(() => found.bytes("wieghts.bin")).toThrow("weights.bin");
});

test("versions are counted by content, and aliases move to the newer", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "versions", dir, sources: [] });
  run.artifact(bytesOf("one"), { name: "m", alias: ["best", "first"] });
  run.artifact(bytesOf("two"), { name: "m", alias: "best" });
  run.artifact(bytesOf("two"), { name: "m", alias: "good" });
  run.artifact(bytesOf("one"), { name: "other" });
  expect(filesUnder(join(run.dir, "artifacts"))).toHaveLength(2);
  run.finish();
  const again = resumeRun(run.id, { dir });
  again.artifact(bytesOf("one"), { name: "m" });
  expect(again.artifacts.map((one) => [`${one}`, one.aliases])).toEqual([
    ["m:v0", ["first"]],
    ["m:v1", ["best", "good"]],
    ["other:v0", ["latest"]],
    ["m:v2", ["latest"]],
  ]);
  again.finish();
  const text = (reference: string) => Buffer.from(findArtifact(again, reference).bytes()).toString();
  expect([text("m"), text("m:v1"), text("m:first"), text("best"), text("m:latest")]).toEqual([
    "one",
    "two",
    "one",
    "two",
    "one",
  ]);
  expect(() => findArtifact(again, "latest")).toThrow("an alias alone must fit one; it fits other:v0, m:v2");
  expect(() => findArtifact(again, "m:bset")).toThrow(
    /it must be the name, alias or name:alias of one\..*m:best/,
  );
});

test("bytes that a disk changed are told", () => {
  const run = openRun({ name: "damaged", dir: temporaryFolder(), sources: [] });
  const kept = run.artifact(bytesOf("sound"), { name: "m" });
  writeFileSync(kept.path(), "wrong");
  expect(() => kept.bytes()).toThrow(
    /read m of artifact m:v0: its bytes must have SHA-256 [0-9a-f]{64}; got/,
  );
  run.finish();
});

test("damaged bytes are not copied, and are put there anew by who keeps them again", () => {
  const run = openRun({ name: "damaged", dir: temporaryFolder(), sources: [] });
  const kept = run.artifact(bytesOf("sound"), { name: "m" });
  // Of another length, of the same, and none.
  for (const damage of ["broken off", "snuod", ""]) {
    writeFileSync(kept.path(), damage);
    const target = temporaryFolder();
    writeFileSync(join(target, "m"), "before");
    expect(() => kept.copyTo(target)).toThrow(
      /^copy m of artifact m:v0: its bytes must have SHA-256 [0-9a-f]{64}; got/,
    );
    expect(filesUnder(target).map((file) => readFileSync(file, "utf8"))).toEqual(["before"]);
    expect(`${run.artifact(bytesOf("sound"), { name: "m" })}`).toBe("m:v0");
    expect(Buffer.from(kept.bytes()).toString()).toBe("sound");
    kept.copyTo(target);
    expect(filesUnder(target).map((file) => readFileSync(file, "utf8"))).toEqual(["sound"]);
  }
  expect(filesUnder(join(run.dir, "artifacts"))).toHaveLength(1);
  run.finish();
});

test("a record that was tampered with leads out of no folder", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "evil", dir, sources: [] });
  run.artifact(bytesOf("x"), { name: "m" });
  run.finish();
  const file = join(run.dir, "run.json");
  const good = readFileSync(file, "utf8");
  writeFileSync(file, good.replace(`"path": "m"`, `"path": "../../escaped"`));
  expect(() => findArtifact(run, "m").copyTo(join(dir, "a", "b"))).toThrow(
    'a path must lie inside it; got "../../escaped"',
  );
  writeFileSync(file, good.replace(/"sha256": "\w+"/, `"sha256": "../../../run.json"`));
  expect(() => findArtifact(run, "m").path()).toThrow("a SHA-256 must be 64 hexadecimal digits");
});

test("what cannot be kept is refused, and nothing is left of it", () => {
  const folder = temporaryFolder();
  const run = openRun({ name: "bad", dir: folder, sources: [] });
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "linked"));
  symlinkSync("/etc/hostname", join(folder, "linked", "out"));
  const cases: [unknown, object, RegExp][] = [
    [3, {}, /artifact: it must be a path or bytes \(Uint8Array, ArrayBuffer\); got number/],
    [bytesOf("x"), {}, /artifact: bytes must be given a name/],
    [bytesOf("x"), { name: "a/b" }, /artifact: name must be a text without \/, \\ and :; got "a\/b"/],
    [bytesOf("x"), { name: ".." }, /artifact: name must be/],
    [bytesOf("x"), { name: "a", alias: "v3" }, /an alias must not look like a version; got "v3"/],
    [bytesOf("x"), { name: "a", alias: [3] }, /artifact: alias must be a text; got number/],
    [bytesOf("x"), { name: "a", aliases: "b" }, /artifact: its options are name, alias; got aliases/],
    [join(folder, "none"), {}, /there must be a file or folder at the path; at .*none is nothing/],
    [join(folder, "empty"), {}, /a folder must hold a file; .*empty holds none/],
    [join(folder, "linked"), {}, /a folder must hold no links; .*out is one/],
  ];
  for (const [from, options, message] of cases)
    expect(() => run.artifact(from as string, options)).toThrow(message);
  expect(run.artifacts).toEqual([]);
  run.finish();
  expect(() => run.artifact(bytesOf("x"), { name: "a" })).toThrow("it is finished");
  expect(filesUnder(run.dir).filter((file) => file.includes("artifacts"))).toEqual([]);
});
