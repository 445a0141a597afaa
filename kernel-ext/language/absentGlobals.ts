/**
 * Globals that TypeScript's libraries declare and this Node has not. TensorFlow.js's and Vega's declarations need the
 * DOM's types, so cells are checked with them; but a cell that names `document` as a value fails when it runs, and so
 * does one that names `Temporal` in a Node before it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { typescriptExecutable } from "./typescriptExecutable.js";

interface LibraryNames {
  readonly values: ReadonlySet<string>;
  /** Of the DOM library. */
  readonly types: ReadonlySet<string>;
}

let known: LibraryNames | undefined;

/** A value that TypeScript knows and this Node, and so the session, lacks. */
export function isAbsentValue(name: string): boolean {
  return !(name in globalThis) && libraryNames().values.has(name);
}

/** A type of the DOM's, none of those that Node has under the same name. */
export function isBrowserType(name: string): boolean {
  return !(name in globalThis) && libraryNames().types.has(name);
}

/** Reads them, once: 3 MB of declarations, some 20 ms. */
export function libraryNames(): LibraryNames {
  known ??= readNames(dirname(typescriptExecutable()));
  return known;
}

const DECLARATION = /^(?:declare )?(var|function|const|let|namespace|interface|type) (\w+)/gm;

function readNames(folder: string): LibraryNames {
  const values = new Set<string>();
  const types = new Set<string>();
  for (const file of readdirSync(folder)) {
    if (!/^lib\.(?:es.*|dom)\.d\.ts$/.test(file)) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const [declaration, kind = "", name = ""] of text.matchAll(DECLARATION)) {
      const isType = kind === "interface" || kind === "type";
      if (!isType && declaration.startsWith("declare ")) values.add(name);
      else if (isType && file === "lib.dom.d.ts") types.add(name);
    }
  }
  return { values, types };
}
