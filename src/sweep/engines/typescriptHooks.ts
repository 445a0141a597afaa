/**
 * Module hooks that let Node import TypeScript: types are taken out, `./x.js` may mean `./x.ts`, and `tunelab` is this
 * library where the importing folder has none of its own.
 */
import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";
import { notTypescript } from "./notTypescript.js";

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
  const { code, map, errors } = transformSync(file, readFileSync(file, "utf8"), {
    sourcemap: true,
    target: "es2023",
  });
  if (errors.length > 0)
    throw notTypescript(errors.map((error) => `${placeOf(error, file)}: ${error.message}`).join("; "));
  const inline = Buffer.from(JSON.stringify(map)).toString("base64");
  return {
    format: "module",
    shortCircuit: true,
    source: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
  };
};

/** The file with line and column, which the compiler says in the picture of the place alone. */
function placeOf({ codeframe }: { readonly codeframe: string | null }, file: string): string {
  const [, place = ""] = /(:\d+:\d+)\]\n/.exec(codeframe ?? "") ?? [];
  return `${file}${place}`;
}
