/** What to do about a module that is not found, in one line. */
import { dirname } from "node:path";
import { packageOf } from "./packageOf.js";
import { packageFolder } from "./packageTypes.js";
import { aliasedPaths } from "./pathAlias.js";

/**
 * `%npm install lodash makes it importable here`, but only of a package that is not there: of an alias or of a part of
 * an installed package that advice would bring in a stranger's package.
 * @param module As it is imported. Undefined for files.
 * @param folder The notebook's.
 */
export function missingModuleHint(module: string, folder: string): string | undefined {
  const name = packageOf(module);
  const aliases = aliasedPaths(module, `${folder}/__cell__.mjs`);
  const isBase = aliases.length === 1 && aliases[0]?.endsWith(`/${module}`) === true;
  if (aliases.length > 0 && !isBase)
    return `tsconfig.json's paths say that ${module} is ${aliases.join(" or ")}: there is no such file`;
  if (module.startsWith("#"))
    return `the imports of the package.json above ${folder} lead to no file for ${module}`;
  if (name === undefined) return undefined;
  const found = packageFolder(folder, name);
  if (found === undefined) return `%npm install ${name} makes it importable here`;
  return module === name
    ? `the package ${name} is there (${dirname(found)}), but its package.json leads to no file that can be imported`
    : `the package ${name} is there (${dirname(found)}), but gives nothing under the name ${module}`;
}
