/** The module hooks on the main thread (`module.registerHooks`), for Nodes that have deprecated the hook thread. */
import nodeModule from "node:module";
import { type FoundModule, type HookData, mayFillIn, resolution } from "./resolution.js";
import { transpileUrl } from "./transpileLocal.js";

interface Context {
  readonly parentURL?: string | undefined;
}

interface SyncHooks {
  resolve(
    specifier: string,
    context: Context,
    next: (name: string, context: Context) => FoundModule,
  ): FoundModule;
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
      try {
        return next(name, { ...context, ...(parent && { parentURL: parent }) });
      } catch (error) {
        if (!mayFillIn(name, error)) throw error;
        try {
          return next(name, { ...context, parentURL: data.kernel });
        } catch {
          throw error;
        }
      }
    },
    load: (url, context, next) => transpileUrl(url) ?? next(url, context),
  });
}
