// JupyterLab runs CommonJS files with the extension .js (its yarn). Below a package.json of `"type": "module"`, as the
// checkout's is, Node would read them as modules and fail; a package.json of the environment's own keeps them apart.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Lets Node read the .js files of an environment as CommonJS. A package.json already there is left as it is.
 * @param {string} venv
 */
export function keepCommonJs(venv) {
  const file = join(venv, "package.json");
  if (existsSync(file)) return;
  mkdirSync(venv, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ type: "commonjs" })}\n`);
}
