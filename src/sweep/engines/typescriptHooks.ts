/**
 * Module hooks that let Node import TypeScript: types are taken out, `./x.js` may mean `./x.ts`, and `tunelab` is this
 * library where the importing folder has none of its own.
 */
import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { compileProgram } from "./compileProgram.js";

let library: string | undefined;

export function initialize(data: { readonly library: string }): void {
  library = data.library;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    if (specifier === "tunelab" && library) return { url: library, shortCircuit: true };
    if (!/^(\.|file:)/.test(specifier)) throw error;
    for (const candidate of sourcesOf(specifier)) {
      try {
        return await next(candidate, context);
      } catch (again) {
        if (!(again instanceof Error && "code" in again && again.code === "ERR_MODULE_NOT_FOUND"))
          throw again;
      }
    }
    throw error;
  }
};

/** The TypeScript files an import may mean. */
function sourcesOf(specifier: string): string[] {
  if (/\.[cm]?jsx?$/.test(specifier)) return [specifier.replace(/js(x?)$/, "ts$1")];
  return /\.\w+$/.test(specifier) ? [] : [`${specifier}.ts`, `${specifier}.tsx`, `${specifier}.js`];
}

export const load: LoadHook = async (url, context, next) => {
  if (!/\.[cm]?tsx?$/.test(url) || !url.startsWith("file:")) return next(url, context);
  const file = fileURLToPath(url);
  const { code, map } = compileProgram(file, readFileSync(file, "utf8"));
  const inline = Buffer.from(map).toString("base64");
  return {
    format: "module",
    shortCircuit: true,
    source: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
  };
};
