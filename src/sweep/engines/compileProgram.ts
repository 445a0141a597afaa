/** Compiles a file of TypeScript to JavaScript that this Node runs, with nothing to import but what the file imports. */
import { createRequire } from "node:module";
import { parseSync } from "oxc-parser";
import { type OxcError, transformSync } from "oxc-transform";
import { notTypescript } from "./notTypescript.js";

export interface CompiledProgram {
  readonly code: string;
  /** Source map version 3, JSON. */
  readonly map: string;
}

/** Throws a SyntaxError that says file, line and mistake. */
export function compileProgram(file: string, source: string): CompiledProgram {
  const { code, map, errors, helpersUsed } = transformSync(file, source, {
    sourcemap: true,
    target: "es2023",
  });
  if (errors.length > 0)
    throw notTypescript(errors.map((error) => `${placeOf(error, file)}: ${error.message}`).join("; "));
  // oxc's functions for `using` are of a package that a person's folder lacks.
  if (Object.keys(helpersUsed).length > 0 || mayNeedLowering(file, source)) return lowered(file, source);
  return { code, map: JSON.stringify(map) };
}

/** Of decorators and `accessor` fields, which oxc leaves as they are; a text that looks like one does no harm. */
function mayNeedLowering(file: string, source: string): boolean {
  const one = /@[\w$(]|\baccessor\s+[\w$#[]/;
  if (!one.test(source)) return false;
  let bare = source;
  for (const { start, end } of parseSync(file, source).comments.toReversed())
    bare = `${bare.slice(0, start)} ${bare.slice(end)}`;
  return one.test(bare);
}

/** By esbuild, which puts what it needs into the file itself; it is slow to start, so few files are given to it. */
function lowered(file: string, source: string): CompiledProgram {
  const esbuild = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const { code, map } = esbuild.transformSync(source, {
    loader: file.endsWith("x") ? "tsx" : "ts",
    format: "esm",
    target: "node20",
    sourcemap: "external",
    sourcefile: file,
    supported: { decorators: false, using: false, "top-level-await": true },
    logLevel: "silent",
  });
  return { code, map };
}

/** The file with line and column, which the compiler says in the picture of the place alone. */
function placeOf({ codeframe }: Pick<OxcError, "codeframe">, file: string): string {
  const [, place = ""] = /(:\d+:\d+)\]\n/.exec(codeframe ?? "") ?? [];
  return `${file}${place}`;
}
