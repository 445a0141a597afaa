import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { random } from "../../../src/base/random.js";
import { unifiedDiff } from "../../../src/base/unifiedDiff.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

/** What `git apply` makes of it, outside any repository. */
function applied(path: string, before: string, patch: string): string {
  const folder = temporaryFolder();
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, before);
  const { status, stderr } = spawnSync("git", ["apply", "-"], {
    cwd: folder,
    input: `# a line of words first\n${patch}`,
    encoding: "utf8",
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
  });
  expect([status, stderr]).toEqual([0, ""]);
  return readFileSync(file, "utf8");
}

it.each([
  ["a line in the middle", "a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n"],
  ["two places far apart", "x\n".repeat(30), `y\n${"x\n".repeat(28)}z\n`],
  ["no line break at the end", "a\nb", "a\nc"],
  ["a line break that is added at the end", "a\nb", "a\nb\n"],
  ["a line break that is taken from the end", "a\nb\n", "a\nb"],
  ["lines before the first", "a\n", "0\n1\na\n"],
  ["Windows' line ends", "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"],
])("is what git apply takes: %s", (_, before, after) => {
  expect(applied("code/main.ts", before, unifiedDiff("code/main.ts", before, after))).toBe(after);
});

it("is what git apply takes of texts drawn by chance", () => {
  const draw = random(7);
  const text = (length: number) =>
    Array.from({ length }, () => "abc"[Math.floor(draw.next() * 3)]).join("\n") +
    (draw.next() < 0.5 ? "\n" : "");
  for (let i = 0; i < 12; i++) {
    const [before, after] = [text(3 + i * 2), text(2 + i * 2)];
    expect(applied("t", before, unifiedDiff("t", before, after))).toBe(after);
  }
});

it("is empty where nothing changed", () => {
  expect(unifiedDiff("t", "a\n", "a\n")).toBe("");
});
