/**
 * Node's module hooks for cells: names are resolved from the notebook's folder first, from the kernel's own packages
 * after; local TypeScript and JSON load as modules; a local file that changed, or whose local imports changed, is
 * loaded anew. Up to Node 24 they run on Node's hook thread (`module.register`).
 */
import type { LoadHook, ResolveHook } from "node:module";
import { type HookData, mayFillIn, resolution } from "./resolution.js";
import { transpileUrl } from "./transpileLocal.js";

let data: HookData;

export function initialize(given: HookData): void {
  data = given;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const { name, parent, found } = resolution(specifier, context.parentURL, data);
  if (found) return found;
  try {
    return await next(name, { ...context, ...(parent && { parentURL: parent }) });
  } catch (error) {
    if (!mayFillIn(name, error)) throw error;
    try {
      return await next(name, { ...context, parentURL: data.kernel });
    } catch {
      throw error;
    }
  }
};

export const load: LoadHook = async (url, context, next) => transpileUrl(url) ?? next(url, context);
