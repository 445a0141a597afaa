/** The compilerOptions of the person's tsconfig.json, for the checker, the compiler and the resolution of modules alike. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseCell } from "./parseCell.js";
import { list, type Node, nameOf } from "./syntaxTree.js";

export type CompilerOptions = Readonly<Record<string, unknown>>;

export interface UserConfig {
  /** With those of the files it extends; paths are absolute. Empty when there is no file, or a broken one. */
  readonly options: CompilerOptions;
  /** Why the file is not used: names the file and the mistake. */
  readonly problem?: string;
  /** Changes when a file that was read does. */
  readonly stamp: string;
}

interface Known {
  readonly config: UserConfig;
  readonly files: readonly string[];
}

const known = new Map<string, Known>();

/** Of the tsconfig.json in `folder`. Reads anew only what changed on disk: cheap enough to ask before each cell. */
export function userConfig(folder: string): UserConfig {
  const before = known.get(folder);
  if (before && stampOf(before.files) === before.config.stamp) return before.config;
  const first = join(folder, "tsconfig.json");
  const files = [first];
  const read = (): Omit<UserConfig, "stamp"> => {
    try {
      return { options: existsSync(first) ? readOptions(first, files) : {} };
    } catch (error) {
      return { options: {}, problem: error instanceof Error ? error.message : String(error) };
    }
  };
  const result = read();
  const config = { ...result, stamp: stampOf(files) };
  // What is wrong may be mended in a file that was not found, such as that of a package that gets installed.
  if (config.problem === undefined) known.set(folder, { config, files });
  else known.delete(folder);
  return config;
}

function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found ? `${found.mtimeMs} ${found.size}` : "none";
    })
    .join(", ");
}

/** @param files gets the name of each file below `file` that is read. */
function readOptions(file: string, files: string[]): CompilerOptions {
  if (files.length > 20) throw new RangeError(`${file} extends itself, directly or through others`);
  const config = readJsonWithComments(file) as {
    extends?: string | string[];
    compilerOptions?: CompilerOptions;
  };
  const below = [config.extends ?? []].flat().map((base) => {
    const found = findBase(file, base);
    files.push(found);
    return readOptions(found, files);
  });
  return Object.assign({}, ...below, absolute(dirname(file), config.compilerOptions ?? {}));
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
