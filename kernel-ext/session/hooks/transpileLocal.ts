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
  if (file.endsWith(".json")) return `export default ${readFileSync(file, "utf8")}`;
  if (!/\.(?:ts|tsx|mts)$/.test(file)) return undefined;
  return transformLocal(file).code;
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
