/** The module hooks on the main thread (`module.registerHooks`), for Nodes that have deprecated the hook thread. */
import nodeModule from "node:module";
import { type Importer, interopModule, type Resolved } from "./commonInterop.js";
import { type HookData, mayFillIn, resolution, settled } from "./resolution.js";
import { transpileUrl } from "./transpileLocal.js";

interface SyncHooks {
  resolve(
    specifier: string,
    context: Importer,
    next: (name: string, context: Importer) => Resolved,
  ): Resolved;
  load(url: string, context: object, next: (url: string, context: object) => object): object;
}

/** Undefined where Node has no such hooks. */
const register = (nodeModule as { registerHooks?: (hooks: SyncHooks) => void }).registerHooks;

/** The same as moduleHooks.ts, without waiting. Throws a TypeError where Node has no such hooks. */
export function registerHooks(data: HookData): void {
  if (!register) throw new TypeError(`module.registerHooks needs Node 22.15, this is ${process.version}`);
  register({
    resolve(specifier, context, next) {
      const { name, parent, found } = resolution(specifier, context.parentURL, data);
      if (found) return found;
      const importer = { ...context, ...(parent && { parentURL: parent }) };
      try {
        return settled(next(name, importer), importer, data);
      } catch (error) {
        if (!mayFillIn(name, error)) throw error;
        try {
          return settled(next(name, { ...context, parentURL: data.kernel }), importer, data);
        } catch {
          throw error;
        }
      }
    },
    load: (url, context, next) =>
      interopModule(url) ?? transpileUrl(url, (file) => data.loaded.postMessage(file)) ?? next(url, context),
  });
}
