/** The files of one's own that code imports, and theirs in turn. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceText } from "../base/host.js";
import { packageFile } from "./environment.js";

/** What is kept of them. */
const most = { files: 200, bytes: 2 ** 20 };

/** `from "./x"`, `import "./x"`, `import("./x")`, `require("./x")`: one that is named by a computation is not seen. */
const imported = /\b(?:from|import|require)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;
const endings = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.js"];
const isCode = /\.[cm]?[jt]sx?$/;

/** Of this library's own program, such as its command line, the files are no person's. */
const ownFolders = ["bin", "dist", "scripts", "src"].map((name) =>
  fileURLToPath(new URL(`${name}/`, packageFile())),
);

export interface LocalFiles {
  readonly files: readonly SourceText[];
  /** How many were found beyond what is kept, or may not be read. */
  readonly left: number;
}

/**
 * The files that `sources` import by relative paths, without packages; at most 200, of 1 MiB together.
 *
 * @param folder from which cells import
 */
export function localFiles(sources: readonly SourceText[], folder = process.cwd()): LocalFiles {
  const files: SourceText[] = [];
  const seen = new Set(sources.map(({ name }) => resolve(folder, name)));
  const waiting = sources.filter(({ name }) => isFollowed(resolve(folder, name)));
  let [bytes, left] = [0, 0];
  for (let source = waiting.shift(); source; source = waiting.shift()) {
    const from = isAbsolute(source.name) ? dirname(source.name) : folder;
    for (const [, path] of source.text.matchAll(imported)) {
      const file = fileOf(resolve(from, path as string));
      if (file === undefined || seen.has(file) || !isFollowed(file)) continue;
      seen.add(file);
      const text = files.length < most.files ? readAtMost(file, most.bytes - bytes) : undefined;
      if (text === undefined) {
        left++;
        continue;
      }
      bytes += Buffer.byteLength(text);
      const found = { name: file, text };
      files.push(found);
      waiting.push(found);
    }
  }
  return { files, left };
}

/** Undefined for a longer file, and for one that may not be read. */
function readAtMost(file: string, bytes: number): string | undefined {
  try {
    return statSync(file).size > bytes ? undefined : readFileSync(file, "utf8");
  } catch (error) {
    if (["EACCES", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

function isFollowed(file: string): boolean {
  return !file.includes(`${sep}node_modules${sep}`) && !ownFolders.some((own) => file.startsWith(own));
}

/** As TypeScript and bundlers find it: `./x.js` may be written as `./x.ts`. */
function fileOf(path: string): string | undefined {
  const written = extname(path).replace("js", "ts");
  const others = isCode.test(path) ? [`${path.slice(0, -extname(path).length)}${written}`] : [];
  return [...endings.map((ending) => `${path}${ending}`), ...others].find(
    (file) => isCode.test(file) && existsSync(file) && statSync(file).isFile(),
  );
}
