import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { localFiles } from "../../../src/track/localFiles.js";
import { temporaryFolder } from "./temporaryFolder.js";

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("finds what cells import, and what that imports, once each, without packages", () => {
  const folder = folderOf({
    "model.ts": 'import type { A } from "./types.ts"; export * from "./lib/index.js"; import "pkg";',
    "types.ts": 'import { x } from "./model"; export type A = 1;',
    "lib/index.ts": 'const b = require("../b.cjs"); const c = await import("./c.mjs"); import("./" + b);',
    "b.cjs": 'require("./missing"); require("./node_modules/pkg/main.js")',
    "lib/c.mjs": "",
    "unused.ts": "",
    "data.json": "{}",
    "node_modules/pkg/main.js": 'require("./other")',
  });
  const cells = [
    { name: "cell-1.ts", text: 'import { x } from "./model"; import d from "./data.json";' },
    { name: "cell-2.ts", text: '// from "./nowhere"' },
  ];
  const { files, left } = localFiles(cells, folder);
  expect(files.map(({ name }) => name)).toEqual(
    ["model.ts", "types.ts", "lib/index.ts", "b.cjs", "lib/c.mjs"].map((name) => join(folder, name)),
  );
  expect(files[1]?.text).toContain("export type A");
  expect(left).toBe(0);
});

test("keeps so much and says how many are left", () => {
  const many = Object.fromEntries(Array.from({ length: 205 }, (_, i) => [`f${i}.js`, "1"]));
  const folder = folderOf({ ...many, "large.js": "x".repeat(2 ** 20 + 1) });
  const text = [...Object.keys(many), "large.js"].map((name) => `import "./${name}";`).join("\n");
  const { files, left } = localFiles([{ name: "main.js", text }], folder);
  expect([files.length, left]).toEqual([200, 6]);
  const large = localFiles([{ name: "main.js", text: 'import "./large.js"' }], folder);
  expect(large).toEqual({ files: [], left: 1 });
});

test("a program's run has its files, the program last", () => {
  const index = JSON.stringify(join(import.meta.dirname, "../../../dist/src/index.js"));
  const folder = folderOf({
    "train.mjs": `import { track } from ${index}; import { rate } from "./settings.mjs";
      track({ name: "run", config: { rate }, dir: process.argv[2] }).finish();`,
    "settings.mjs": "export const rate = 0.1;",
  });
  const dir = join(folder, "runs");
  const { status, stderr } = spawnSync(process.execPath, [join(folder, "train.mjs"), dir]);
  expect([status, String(stderr)]).toEqual([0, ""]);
  const run = join(dir, readdirSync(dir)[0] as string);
  const record = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
  expect(record.code).toEqual(["settings.mjs", "train.mjs"]);
  expect(record.problems).toEqual([]);
  expect(readFileSync(join(run, "code/settings.mjs"), "utf8")).toBe("export const rate = 0.1;");
});
