import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fileInside } from "../../../kernel-ext/magics/fileInside.js";

let root: string;
let folder: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tunelab-inside-")));
  folder = join(root, "home");
  mkdirSync(join(folder, "real"), { recursive: true });
  mkdirSync(join(root, "away"));
  writeFileSync(join(root, "away/f"), "");
  writeFileSync(join(folder, "real/f"), "");
  const links = {
    "out.txt": join(root, "away/f"),
    "in.txt": join(folder, "real/f"),
    "to-in": "out.txt",
    folder: join(root, "away"),
    nowhere: join(root, "away/not-there"),
    circle: "circle",
  };
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(folder, link));
});
afterAll(() => rmSync(root, { recursive: true }));

const inside = (path: string) => fileInside(folder, path, "%%writefile");

it.each(["new.txt", "new/deep/f.txt", "real/f", "in.txt", "..x/y.txt", "...", "real/../f"])(
  "takes %s",
  (path) => {
    expect(inside(path)).toBe(join(folder, path));
  },
);

it.each(["..", "../f", ".", "real/../../f", "out.txt", "to-in", "folder/f", "folder/new/f"])(
  "refuses %s, which leaves the folder",
  (path) => {
    expect(() => inside(path)).toThrow(
      `%%writefile keeps relative paths inside ${folder}, but was given ${path}: give an absolute path`,
    );
  },
);

it.each(["nowhere", "nowhere/f", "circle"])("refuses %s, as nobody knows where it would be", (path) => {
  expect(() => inside(path)).toThrow(/^%%writefile does not write through a link that leads nowhere/);
});

it("leaves an absolute path as it is", () => {
  expect(inside(join(root, "away/f"))).toBe(join(root, "away/f"));
});
