/** What a module must export for a cell's `import { … }`: a missing name is an error there, as in any module. */
import { createRequire } from "node:module";
import { property } from "./property.js";

const require = createRequire(import.meta.url);

/**
 * The namespace, when it has every name of `needed`. For a CommonJS module whose names Node could not read off its
 * text, its `module.exports` counts too, as types say. Throws a SyntaxError in V8's words.
 */
export function withRequiredExports(namespace: unknown, needed: readonly string[], module: string): unknown {
  const missing = needed.filter((name) => !has(namespace, name));
  if (missing.length === 0) return namespace;
  const common = commonExports(namespace);
  const lost = missing.find((name) => !has(common, name));
  if (lost !== undefined)
    throw new SyntaxError(`The requested module '${module}' does not provide an export named '${lost}'`);
  return Object.assign(
    Object.create(null),
    namespace,
    Object.fromEntries(missing.map((name) => [name, property(common, name)])),
  );
}

/** `module.exports`, when the namespace is a CommonJS module's. */
function commonExports(namespace: unknown): unknown {
  const exported = property(namespace, "default");
  const isCommon = Object.values(require.cache).some((module) => module?.exports === exported);
  return isCommon ? exported : undefined;
}

function has(owner: unknown, name: string): boolean {
  return owner !== null && (typeof owner === "object" || typeof owner === "function") && name in owner;
}
