import { builtinModules } from "node:module";

/** The package that a specifier asks for: `@scope/name/part` → `@scope/name`. Nothing for paths and Node's own. */
export function packageOf(specifier: string): string | undefined {
  if (builtinModules.includes(specifier)) return undefined;
  return /^(@[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*|[a-z0-9][\w.-]*)(?=\/|$)/i.exec(specifier)?.[1];
}
