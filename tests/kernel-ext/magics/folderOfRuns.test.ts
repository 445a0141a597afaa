import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOfRuns } from "../../../kernel-ext/magics/folderOfRuns.js";
import { runs } from "../../../kernel-ext/magics/runs.js";
import type { MagicContext } from "../../../kernel-ext/session/magicContext.js";
import * as library from "../../../src/track/index.js";
import { temporaryFolder } from "../../src/track/temporaryFolder.js";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");

test("is looked for from the notebook's folder", () => {
  const folder = temporaryFolder();
  expect(folderOfRuns({ folder }, undefined)).toBeUndefined();
  expect(folderOfRuns({ folder }, ".")).toBe(folder);
});

test("where none is, %runs is refused with the sentence of the shell", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  const context = {
    folder,
    library: async () => library,
    names: async () => [],
  } as unknown as MagicContext;
  for (const [dir, kind] of [
    ["nosuch", "not there"],
    ["file", "a file"],
    ["file/below", "not there"],
  ] as const) {
    const sentence = `--dir needs a folder; ${join(folder, dir)} is ${kind}`;
    const asked = runs.run(context, { positionals: [], text: "", options: { dir } } as never);
    await expect(asked).rejects.toThrow(sentence);
    const { stderr } = spawnSync(process.execPath, [bin, "runs", "--dir", dir], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe(`${sentence}\n`);
  }
});
