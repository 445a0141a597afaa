/** What a module must export for a cell's `import { … }`: a missing name is an error there, as in any module. */
import { createRequire } from "node:module";
import { property } from "./property.js";

const require = createRequire(import.meta.url);

export interface Required {
  /** As the importer wrote it. */
  readonly module: string;
  readonly names: readonly string[];
  /** The file of the module. */
  readonly file: () => string | undefined;
}

/**
 * The namespace, when it has every name. For a CommonJS module whose names Node could not read off its text, its
 * `module.exports` counts too, as types say. Throws a SyntaxError in V8's words.
 */
export function withRequiredExports(namespace: unknown, { module, names, file }: Required): unknown {
  const missing = names.filter((name) => !has(namespace, name));
  if (missing.length === 0) return namespace;
  const common: unknown = require.cache[file() ?? ""]?.exports;
  const lost = missing.find((name) => !has(common, name));
  if (lost !== undefined)
    throw new SyntaxError(`The requested module '${module}' does not provide an export named '${lost}'`);
  return Object.assign(
    Object.create(null),
    namespace,
    Object.fromEntries(missing.map((name) => [name, property(common, name)])),
  );
}

function has(owner: unknown, name: string): boolean {
  return owner !== null && (typeof owner === "object" || typeof owner === "function") && name in owner;
}
