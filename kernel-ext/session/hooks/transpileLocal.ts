/** Turns a local file into the source of an ES module. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { syntaxOf } from "../../language/cellSyntax.js";
import { isTypeScript } from "../../language/localFile.js";
import { isShallow } from "../../language/nesting.js";
import { userConfig } from "../../language/userConfig.js";
import { compileApart } from "./compileApart.js";
import { type Transformed, transformLocal } from "./transformLocal.js";

/** A local file as it was loaded, for whoever reads a stack that names it. */
export interface LoadedFile {
  /** With its version. */
  readonly url: string;
  readonly source: string;
  /** Source map version 3, JSON, from the JavaScript to `source`; none where that is JavaScript already. */
  readonly map?: string;
}

/**
 * A module that the hooks load themselves: a local file with a version. Undefined for all others, which Node loads as
 * they are. Throws a SyntaxError that names file and mistake.
 */
export function transpileUrl(
  url: string,
  loaded: (file: LoadedFile) => void,
): { format: "module"; source: string; shortCircuit: true } | undefined {
  if (!url.startsWith("file:") || !url.includes("?v=")) return undefined;
  const file = fileURLToPath(url.slice(0, url.indexOf("?")));
  const isJson = file.endsWith(".json");
  const text = readFileSync(file, "utf8");
  if (isJson) return { format: "module", source: jsonModule(text, file), shortCircuit: true };
  if (!isTypeScript(file)) {
    loaded({ url, source: text });
    return undefined;
  }
  const { code, map } = transform(file, text);
  loaded({ url, source: text, map });
  return { format: "module", source: code, shortCircuit: true };
}

/** The value as `default`, its keys as names too: types say so. Throws a SyntaxError that names file and mistake. */
function jsonModule(text: string, file: string): string {
  const value = parseJson(text, file);
  const keys = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
  const names = keys.map((key, index) => `const name${index} = value[${JSON.stringify(key)}];`);
  const exported = keys.map((key, index) => `name${index} as ${JSON.stringify(key)}`);
  if (keys.includes("default")) return `export default JSON.parse(${JSON.stringify(text)});`;
  return `const value = JSON.parse(${JSON.stringify(text)}); ${names.join(" ")} export { ${["value as default", ...exported].join(", ")} };`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What nests so deeply that it might end this process is compiled by another. */
function transform(file: string, source: string): Transformed {
  const local = { file, source, syntax: syntaxOf(userConfig(dirname(file)).options) };
  return isShallow(source) ? transformLocal(local) : compileApart(local);
}
