/**
 * Lowers by esbuild what oxc leaves as it is and Node cannot run yet (decorators, `accessor` fields, `using` inside
 * blocks and functions), and what oxc compiles wrongly (TypeScript's old decorators, namespaces in several blocks).
 */
import { createRequire } from "node:module";
import type { CellSyntax } from "./cellSyntax.js";
import type { Node } from "./syntaxTree.js";
import { walk } from "./syntaxTree.js";

/**
 * True of syntax that only esbuild lowers. A cell's top-level `using` becomes a plain binding instead.
 * @param options.top A top-level `using` counts too, as it does in a module.
 */
export function needsLowering(program: Node, options: { readonly top?: boolean } = {}): boolean {
  let found = false;
  const top = new Set(!options.top && Array.isArray(program.body) ? program.body : []);
  walk(program, (node) => {
    if (node.type === "Decorator" || node.type === "AccessorProperty") found = true;
    if (node.type === "VariableDeclaration" && String(node.kind).endsWith("using") && !top.has(node))
      found = true;
    return !found;
  });
  return found;
}

export function hasDecorator(program: Node): boolean {
  let found = false;
  walk(program, (node) => {
    if (node.type === "Decorator") found = true;
    return !found;
  });
  return found;
}

export interface Lowered {
  readonly code: string;
  /** Source map version 3, JSON. */
  readonly map: string;
}

/** Loads esbuild on first use (about half a second), since few cells need it. */
export async function lowerSyntax(code: string): Promise<Lowered> {
  const { transform } = await import("esbuild");
  const result = await transform(code, {
    loader: "js",
    target: "node20",
    format: "esm",
    sourcemap: "external",
    sourcefile: "cell.js",
    supported: { decorators: false, using: false, "top-level-await": true },
  });
  return { code: result.code, map: result.map };
}

/** A whole cell from TypeScript to JavaScript, whatever of it Node cannot run yet left for `lowerSyntax`. */
export async function lowerTypeScript(
  source: string,
  lang: "ts" | "tsx",
  syntax: CellSyntax,
): Promise<Lowered> {
  const { transform } = await import("esbuild");
  const result = await transform(source, {
    ...typescriptOptions(syntax),
    loader: lang,
    target: "esnext",
    sourcefile: "cell.ts",
    // Imports stay: which of them later cells use, esbuild does not see.
    tsconfigRaw: {
      compilerOptions: {
        experimentalDecorators: syntax.legacyDecorators,
        useDefineForClassFields: !syntax.assignFields,
        verbatimModuleSyntax: true,
      },
    },
  });
  return { code: result.code, map: result.map };
}

/** A whole file of the notebook's folder, at once: Node's hooks cannot wait. */
export function lowerFile(source: string, { file, syntax }: { file: string; syntax: CellSyntax }): Lowered {
  const { transformSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  const result = transformSync(source, {
    ...typescriptOptions(syntax),
    loader: file.endsWith("x") ? "tsx" : "ts",
    target: "node20",
    sourcefile: file,
    supported: { decorators: false, using: false, "top-level-await": true },
  });
  return { code: result.code, map: result.map };
}

function typescriptOptions({ jsx, legacyDecorators, assignFields }: CellSyntax) {
  return {
    format: "esm",
    sourcemap: "external",
    jsx: jsx.runtime === "automatic" ? "automatic" : "transform",
    ...(jsx.pragma && { jsxFactory: jsx.pragma }),
    ...(jsx.pragmaFrag && { jsxFragment: jsx.pragmaFrag }),
    ...(jsx.importSource && { jsxImportSource: jsx.importSource }),
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: legacyDecorators, useDefineForClassFields: !assignFields },
    },
  } as const;
}
