/** Turns a local file into the source of an ES module. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

/** A module that the hooks load themselves: a local file with a version. Undefined for all others. */
export function transpileUrl(
  url: string,
): { format: "module"; source: string; shortCircuit: true } | undefined {
  if (!url.startsWith("file:") || !url.includes("?v=")) return undefined;
  const source = transpileLocal(fileURLToPath(url.slice(0, url.indexOf("?"))));
  return source === undefined ? undefined : { format: "module", source, shortCircuit: true };
}

/** Undefined for files Node loads as they are. Throws a SyntaxError that names file and mistake. */
function transpileLocal(file: string): string | undefined {
  if (file.endsWith(".json")) return jsonModule(readFileSync(file, "utf8"), file);
  if (!/\.(?:ts|tsx|mts)$/.test(file)) return undefined;
  return transformLocal(file).code;
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

/** Also used to map positions in stacks back: the same input gives the same output. */
export function transformLocal(file: string): { code: string; map: string } {
  const result = transformSync(file, readFileSync(file, "utf8"), {
    sourcemap: true,
    target: "esnext",
    jsx: { runtime: "classic", pragma: "h" },
  });
  if (result.errors.length > 0) {
    throw new SyntaxError(
      `${file} cannot be compiled: ${result.errors.map((error) => error.message).join("; ")}`,
    );
  }
  return { code: result.code, map: JSON.stringify(result.map) };
}
