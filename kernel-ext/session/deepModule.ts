/** Names the JavaScript file that nests too deeply: V8 reads it itself, and says no more than that its stack was full. */
import { readFileSync } from "node:fs";
import { plainSyntax } from "../language/cellSyntax.js";
import { localGraph } from "../language/localVersion.js";
import { isShallow, isStackOverflow } from "../language/nesting.js";
import { isTooDeep } from "./hooks/compileApart.js";
import { nestsTooDeeply } from "./hooks/transformLocal.js";

/**
 * What to tell of an import that failed with `error`: a SyntaxError that names the file, where one of those that `file`
 * imports, or itself, cannot be read for how deeply it nests; else `error`, such as that of a function without end.
 */
export function namedIfTooDeep(error: unknown, file: () => string | undefined): unknown {
  const first = isStackOverflow(error) ? file() : undefined;
  if (first === undefined) return error;
  for (const one of localGraph(first)) {
    if (!/\.[cm]?js$/.test(one)) continue;
    const source = readFileSync(one, "utf8");
    if (!isShallow(source) && isTooDeep({ file: one, source, syntax: plainSyntax }))
      return nestsTooDeeply(one, source);
  }
  return error;
}
