import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { declarationsOf, hasPackage, splitModule } from "../../../kernel-ext/language/packageTypes.js";

const root = mkdtempSync(join(tmpdir(), "package-types-"));
afterAll(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

put(
  "package.json",
  `{ "name": "the-kernel", "exports": { ".": { "types": "./d/index.d.ts", "default": "./d/index.js" } } }`,
);
put("d/index.d.ts", "");
put("node_modules/plain/package.json", `{ "types": "t.d.ts" }`);
put("node_modules/plain/t.d.ts", "");
put("node_modules/beside/package.json", `{ "main": "lib/main.js" }`);
put("node_modules/beside/lib/main.d.ts", "");
put(
  "node_modules/nested/package.json",
  `{ "exports": { ".": { "node": { "import": "./n.mjs" } }, "./sub/*": { "types": "./s/*.d.ts" } } }`,
);
put("node_modules/nested/n.d.mts", "");
put("node_modules/nested/s/one.d.ts", "");
put("node_modules/bare/package.json", `{ "main": "x.js" }`);
put("node_modules/@types/bare/package.json", `{}`);
put("node_modules/@types/bare/index.d.ts", "");
put("node_modules/@types/scope__name/package.json", `{ "types": "s.d.ts" }`);
put("node_modules/@types/scope__name/s.d.ts", "");

describe("declarationsOf", () => {
  it.each([
    ["the-kernel", "d/index.d.ts"],
    ["plain", "node_modules/plain/t.d.ts"],
    ["beside", "node_modules/beside/lib/main.d.ts"],
    ["nested", "node_modules/nested/n.d.mts"],
    ["nested/sub/one", "node_modules/nested/s/one.d.ts"],
    ["bare", "node_modules/@types/bare/index.d.ts"],
    ["@scope/name", "node_modules/@types/scope__name/s.d.ts"],
  ])("of %s is %s", (module, file) => {
    expect(declarationsOf(root, module)).toBe(join(root, file));
  });

  it("is nothing for what is not there, relative or Node's own", () => {
    for (const module of ["missing", "nested/other", "./local", "node:fs", "/abs"])
      expect(declarationsOf(root, module)).toBeUndefined();
  });
});

it("knows whether a folder, or one above it, has the package or its types", () => {
  const below = join(root, "a/b");
  expect([
    hasPackage(below, "plain"),
    hasPackage(below, "@scope/name"),
    hasPackage(below, "missing"),
  ]).toEqual([true, true, false]);
});

it("splits a module's name", () => {
  expect(splitModule("@a/b/c/d")).toEqual(["@a/b", "./c/d"]);
  expect(splitModule("a")).toEqual(["a", "."]);
  expect(splitModule("node:fs")).toBeUndefined();
});
