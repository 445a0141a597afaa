/** JSON that nests too deeply for the type checker, which infers a type of all of it. */
import { readFileSync, statSync } from "node:fs";
import { fileStamp, importedFiles, localGraph } from "./localVersion.js";

/** Levels. The checker takes about the cube of the time: half a second for 1,000 of them, 13 s for 3,000. */
const most = 1_000;

interface Known {
  readonly stamp: string;
  readonly depth: number;
}

const known = new Map<string, Known>();

export class DeepJson extends Error {
  override readonly name = "DeepJson";

  constructor(file: string, depth: number) {
    const [limit, given] = [most, depth].map((count) => count.toLocaleString("en"));
    super(
      `types are inferred of JSON that nests ${limit} times at most, but ${file} does ${given} times; read it by JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8")) instead of importing it`,
    );
  }
}

/** @throws DeepJson when one of the `modules` of a cell in `folder`, or a file that these import, nests too deeply. */
export function requireShallowJson(modules: readonly string[], folder: string): void {
  for (const file of new Set(importedFiles(modules, folder).flatMap(localGraph))) {
    const depth = file.endsWith(".json") ? depthOf(file) : 0;
    if (depth > most) throw new DeepJson(file, depth);
  }
}

/** Those of the `modules` of a cell in `folder` that are such JSON, or files that import it. */
export function deepModules(modules: readonly string[], folder: string): string[] {
  const isDeep = (file: string) => file.endsWith(".json") && depthOf(file) > most;
  return modules.filter((module) => importedFiles([module], folder).flatMap(localGraph).some(isDeep));
}

function depthOf(file: string): number {
  if (statSync(file).size <= 2 * most) return 0;
  const stamp = fileStamp(file);
  const before = known.get(file);
  if (before?.stamp === stamp) return before.depth;
  const depth = jsonDepth(readFileSync(file, "utf8"));
  known.set(file, { stamp, depth });
  return depth;
}

/** How many arrays and objects stand inside each other. Brackets in strings are none. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') isString = !isString;
    else if (isString) at += sign === "\\" ? 1 : 0;
    else if (sign === "[" || sign === "{") deepest = Math.max(deepest, ++depth);
    else if (sign === "]" || sign === "}") depth--;
  }
  return deepest;
}
