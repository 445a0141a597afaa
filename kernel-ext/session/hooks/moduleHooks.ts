/**
 * Node's module hooks for cells: names are resolved from the notebook's folder first, from the kernel's own packages
 * after; local TypeScript and JSON load as modules; a local file that changed, or whose local imports changed, is
 * loaded anew. Up to Node 24 they run on Node's hook thread (`module.register`).
 */
import type { LoadHook, ResolveFnOutput, ResolveHook } from "node:module";
import { interopModule } from "./commonInterop.js";
import { type HookData, mayFillIn, resolution, settled } from "./resolution.js";
import { transpileUrl } from "./transpileLocal.js";

let data: HookData;

export function initialize(given: HookData): void {
  data = given;
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const { name, parent, found } = resolution(specifier, context.parentURL, data);
  if (found) return found;
  const importer = { ...context, ...(parent && { parentURL: parent }) };
  try {
    return settled(await next(name, importer), importer, data) as ResolveFnOutput;
  } catch (error) {
    if (!mayFillIn(name, error)) throw error;
    try {
      return settled(
        await next(name, { ...context, parentURL: data.kernel }),
        importer,
        data,
      ) as ResolveFnOutput;
    } catch {
      throw error;
    }
  }
};

export const load: LoadHook = async (url, context, next) =>
  interopModule(url) ?? transpileUrl(url, (file) => data.loaded.postMessage(file)) ?? next(url, context);
