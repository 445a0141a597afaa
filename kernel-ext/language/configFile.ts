/** Reads a tsconfig.json with those it extends. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseCell } from "./parseCell.js";
import { list, type Node, nameOf } from "./syntaxTree.js";

export type CompilerOptions = Readonly<Record<string, unknown>>;

/** Paths and patterns are absolute. */
export interface ConfigFile {
  readonly options: CompilerOptions;
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

interface Written {
  readonly extends?: string | string[];
  readonly compilerOptions?: CompilerOptions;
  readonly files?: string[];
  readonly include?: string[];
  readonly exclude?: string[];
}

/**
 * Throws a SyntaxError that names file and mistake.
 * @param read gets the name of each file below `file` that is read.
 */
export function readConfigFile(file: string, read: string[]): ConfigFile {
  if (read.length > 40) throw new RangeError(`${file} extends itself, directly or through others`);
  const written = readJsonWithComments(file) as Written;
  const below = [written.extends ?? []].flat().map((base) => {
    const found = findBase(file, base);
    read.push(found);
    return readConfigFile(found, read);
  });
  const folder = dirname(file);
  const options = Object.assign({}, ...below.map((base) => base.options));
  Object.assign(options, absolute(folder, written.compilerOptions ?? {}));
  const config = Object.assign({}, ...below, { options });
  for (const key of ["files", "include", "exclude"] as const) {
    const paths = written[key];
    if (Array.isArray(paths))
      config[key] = paths.map((path) => resolve(folder, inside(folder, String(path))));
  }
  return config;
}

/** `${configDir}/types` → `types` of the folder that says it. */
function inside(folder: string, path: string): string {
  return path.replace(/^\$\{configDir\}/, folder);
}

function findBase(file: string, base: string): string {
  if (!base.startsWith(".") && !isAbsolute(base)) return findInPackages(file, base);
  const found = resolve(dirname(file), base);
  return existsSync(found) ? found : `${found}.json`;
}

/** As TypeScript: what Node finds by that name is often the package's code, or nothing. */
function findInPackages(file: string, base: string): string {
  const { resolve: find } = createRequire(file);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const found = find(name);
      if (found.endsWith(".json")) return found;
    } catch {
      // Not under this name.
    }
  }
  throw new Error(`${file} extends ${JSON.stringify(base)}, which no installed package has`);
}

function absolute(folder: string, options: CompilerOptions): CompilerOptions {
  const result: Record<string, unknown> = { ...options };
  const from = (path: unknown): string => resolve(folder, inside(folder, String(path)));
  const base = typeof options.baseUrl === "string" ? from(options.baseUrl) : undefined;
  delete result.baseUrl;
  if (Array.isArray(options.typeRoots)) result.typeRoots = options.typeRoots.map(from);
  if (typeof options.outDir === "string") result.outDir = from(options.outDir);
  const paths = (options.paths ?? {}) as Record<string, string[]>;
  const entries = Object.entries(paths).map(([key, targets]) => [
    key,
    targets.map((target) => resolve(base ?? folder, inside(folder, target))),
  ]);
  // TypeScript 7 knows no `baseUrl`: a name that is none of `paths` is looked for there, then among the packages.
  if (base !== undefined && !("*" in paths)) entries.push(["*", [join(base, "*")]]);
  if (entries.length > 0) result.paths = Object.fromEntries(entries);
  return result;
}

/** JSON with remarks and trailing commas is an expression of TypeScript: read by the same parser as a cell. */
function readJsonWithComments(file: string): unknown {
  const { program, errors } = parseCell(`(${readFileSync(file, "utf8")}\n)`);
  const [statement] = list(program, "body");
  if (errors[0] || statement?.type !== "ExpressionStatement") {
    const [error] = errors;
    const mistake = error ? `${error.message} (line ${error.line})` : "it holds no object";
    throw new SyntaxError(`${file} cannot be read: ${mistake}`);
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
