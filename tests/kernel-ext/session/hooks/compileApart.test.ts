import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { plainSyntax } from "../../../../kernel-ext/language/cellSyntax.js";
import { compileApart } from "../../../../kernel-ext/session/hooks/compileApart.js";
import { type LocalSource, transformLocal } from "../../../../kernel-ext/session/hooks/transformLocal.js";
import { nested } from "../../nestedCode.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-apart-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, source: string): LocalSource {
  const file = join(folder, name);
  writeFileSync(file, source);
  return { file, source, syntax: plainSyntax };
}

const many = Array.from({ length: 1_000 }, (_, index) => `export const w${index}: number = ${index};\n`).join(
  "",
);

it.each([
  ["plain", many],
  [
    "lowered by esbuild",
    `${many}const seen = (value: unknown, _: unknown) => value;\n@seen class Marked {}\n`,
  ],
  ["of V8's own mistakes", `${many}export { nothing };\n`],
])("compiles %s files as this process would", (_what, source) => {
  const local = write("long.ts", source);
  expect(compileApart(local)).toEqual(transformLocal(local));
});

it("says what is wrong with a file as this process would, and anew once it is mended", () => {
  const wrong = write("wrong.ts", `${many}const a = = 1;\n`);
  expect(() => compileApart(wrong)).toThrow(/^wrong\.ts cannot be compiled: .*wrong\.ts:1001:11\)$/);
  expect(() => compileApart(wrong)).toThrow(SyntaxError);
  const mended = write("wrong.ts", `${many}const a = 1;\n`);
  expect(compileApart(mended)).toEqual(transformLocal(mended));
});

it("names the file that nests too deeply, and only that one", () => {
  const inner = write("inner.ts", `export const deep = ${nested.arrays?.(10_000)};`);
  const outer = write("outer.ts", `export * from "./inner";\n${many}`);
  expect(compileApart(outer).code).toContain("w999 = 999");
  expect(() => compileApart(inner)).toThrow(
    /^inner\.ts cannot be compiled: the code nests too deeply: .* inside each other 10,000 times; .*inner\.ts\)$/,
  );
});

it("compiles what a file imports together with it", () => {
  const inner = write("inner.ts", many);
  compileApart(write("outer.ts", `export * from "./inner";\n${many}`));
  const { execPath } = process;
  // No further process can be started.
  process.execPath = join(folder, "no-such-node");
  try {
    expect(compileApart(inner)).toEqual(transformLocal(inner));
    expect(() => compileApart(write("other.ts", many))).toThrow(
      /^other\.ts cannot be compiled: long files are compiled by a process of their own, .*: spawnSync .* ENOENT$/,
    );
  } finally {
    process.execPath = execPath;
  }
});

/** What `action` does while Node starts with `options`. */
function withNodeOptions(options: string, action: () => void): void {
  const { NODE_OPTIONS } = process.env;
  process.env.NODE_OPTIONS = options;
  try {
    action();
  } finally {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  }
}

const longText = `${many}export const text = "${"t".repeat(16_000_000)}";\n`;

it("tells a full heap from code that nests too deeply, and what helps", () => {
  // The text alone is more than the heap may hold: of less, how much is freed in time differs from start to start.
  const local = write("long.ts", longText);
  withNodeOptions("--max-old-space-size=4", () =>
    expect(() => compileApart(local)).toThrow(
      /^long\.ts cannot be compiled: .* it ran out of memory: .* Start Jupyter with NODE_OPTIONS=--max-old-space-size=/,
    ),
  );
});

it("asks anew about a file whose process failed: it is no fault of the file's", () => {
  const preload = join(folder, "preload.cjs");
  writeFileSync(preload, "process.exit(7);\n");
  const local = write("long.ts", many);
  withNodeOptions(`--require ${preload}`, () =>
    expect(() => compileApart(local)).toThrow("it failed: it ended (exit code 7)"),
  );
  expect(compileApart(local).code).toContain("w999 = 999");
});

it("tells how a process ended that had not read all of the file", () => {
  const preload = join(folder, "preload.cjs");
  writeFileSync(preload, "process.exit(7);\n");
  withNodeOptions(`--require ${preload}`, () =>
    expect(() => compileApart(write("long.ts", longText))).toThrow(
      /^long\.ts cannot be compiled: .* but it failed: it ended \(exit code 7\)$/,
    ),
  );
});
