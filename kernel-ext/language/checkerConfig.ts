/** The tsconfig.json that cells are checked under. It lives in memory and hides the person's own one, so it takes that in. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseCell } from "./parseCell.js";
import { list, type Node, nameOf } from "./syntaxTree.js";

export type CompilerOptions = Readonly<Record<string, unknown>>;

/** Options that would break a notebook: they concern files that are written, or how modules must be spelled. */
const NOT_TAKEN = new Set(
  (
    "module moduleResolution noEmit emitDeclarationOnly declaration declarationMap declarationDir outDir outFile rootDir " +
    "rootDirs composite incremental tsBuildInfoFile sourceMap inlineSourceMap inlineSources isolatedModules " +
    "isolatedDeclarations verbatimModuleSyntax noUnusedLocals noUnusedParameters erasableSyntaxOnly " +
    "allowUnreachableCode allowUnusedLabels noEmitOnError removeComments importHelpers moduleDetection"
  ).split(" "),
);

export interface CheckerConfigOptions {
  readonly folder: string;
  /** Where the kernel's own node_modules lies. */
  readonly kernelRoot: string;
  /** Module → declaration file. */
  readonly paths: ReadonlyMap<string, string>;
  readonly user: CompilerOptions;
}

/** The text of the in-memory tsconfig.json. */
export function checkerConfig(options: CheckerConfigOptions): string {
  return JSON.stringify({ compilerOptions: checkerOptions(options), include: cellFiles(options.folder) });
}

/**
 * What stands in its place while documents are opened one by one, each of which makes the server build the program
 * anew: no libraries and no imports, so that it is a small one.
 */
export function openingConfig(options: CheckerConfigOptions): string {
  const { lib: _, ...rest } = checkerOptions(options);
  const compilerOptions = { ...rest, noLib: true, noResolve: true, types: [] };
  return JSON.stringify({ compilerOptions, include: cellFiles(options.folder) });
}

function checkerOptions({ kernelRoot, paths, user }: CheckerConfigOptions): Record<string, unknown> {
  const taken = Object.fromEntries(Object.entries(user).filter(([key]) => !NOT_TAKEN.has(key)));
  const own: CompilerOptions = {
    target: "esnext",
    module: "preserve",
    moduleResolution: "bundler",
    strict: true,
    // So that `const list = []` is any[] and no error is made of it later; see `isShown` in diagnostics.ts.
    noImplicitAny: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    skipLibCheck: true,
    esModuleInterop: true,
    types: ["node"],
    typeRoots: [join(kernelRoot, "node_modules", "@types")],
    lib: ["esnext", "dom", "dom.iterable", "esnext.disposable"],
    jsx: "preserve",
    jsxFactory: "h",
  };
  const compilerOptions: Record<string, unknown> = { ...own, ...taken, noEmit: true };
  const userPaths = (taken.paths ?? {}) as Record<string, unknown>;
  const kernelPaths = [...paths].map(([module, file]): [string, string[]] => [module, [file]]);
  compilerOptions.paths = { ...Object.fromEntries(kernelPaths), ...userPaths };
  return compilerOptions;
}

/** Patterns, so that a slot that is added later belongs to the program too. */
function cellFiles(folder: string): string[] {
  return ["cell-hub.ts", "cell-globals.d.ts", "cell-draft*", "cell-slot-*"].map((name) => join(folder, name));
}

/**
 * The compilerOptions of the tsconfig.json in `folder`, with those it extends; empty when there is none.
 * Paths are made absolute. Throws a `SyntaxError` that names the file when it cannot be read.
 */
export function userCompilerOptions(folder: string): CompilerOptions {
  const file = join(folder, "tsconfig.json");
  return existsSync(file) ? readOptions(file, 0) : {};
}

function readOptions(file: string, depth: number): CompilerOptions {
  if (depth > 20) throw new RangeError(`${file} extends itself, directly or through others`);
  const config = readJsonWithComments(file) as {
    extends?: string | string[];
    compilerOptions?: CompilerOptions;
  };
  const below = [config.extends ?? []].flat().map((base) => readOptions(findBase(file, base), depth + 1));
  return Object.assign({}, ...below, absolute(dirname(file), config.compilerOptions ?? {}));
}

function findBase(file: string, base: string): string {
  if (!base.startsWith(".") && !isAbsolute(base)) return createRequire(file).resolve(base);
  const found = resolve(dirname(file), base);
  return existsSync(found) ? found : `${found}.json`;
}

function absolute(folder: string, options: CompilerOptions): CompilerOptions {
  const result: Record<string, unknown> = { ...options };
  const base = typeof options.baseUrl === "string" ? resolve(folder, options.baseUrl) : folder;
  if ("baseUrl" in options) delete result.baseUrl;
  if (Array.isArray(options.typeRoots))
    result.typeRoots = options.typeRoots.map((root) => resolve(folder, String(root)));
  const paths = options.paths as Record<string, string[]> | undefined;
  if (paths) {
    const entries = Object.entries(paths).map(([key, targets]) => [
      key,
      targets.map((target) => resolve(base, target)),
    ]);
    result.paths = Object.fromEntries(entries);
  }
  return result;
}

/** JSON with remarks and trailing commas is an expression of TypeScript: read by the same parser as a cell. */
function readJsonWithComments(file: string): unknown {
  const { program, errors } = parseCell(`(${readFileSync(file, "utf8")}\n)`);
  const [statement] = list(program, "body");
  if (errors[0] || statement?.type !== "ExpressionStatement") {
    throw new SyntaxError(`${file} cannot be read: ${errors[0]?.message ?? "it holds no object"}`);
  }
  return literal(statement.expression as Node);
}

function literal(node: Node): unknown {
  switch (node.type) {
    case "ParenthesizedExpression":
      return literal(node.expression as Node);
    case "ObjectExpression":
      return Object.fromEntries(
        list(node, "properties").map((property) => [
          nameOf(property.key as Node),
          literal(property.value as Node),
        ]),
      );
    case "ArrayExpression":
      return list(node, "elements").map(literal);
    case "UnaryExpression":
      return -Number(literal(node.argument as Node));
    default:
      return node.value;
  }
}
