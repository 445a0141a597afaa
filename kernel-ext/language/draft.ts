/** A cell that is being written: a document of its own, with the names of earlier cells before the text. */

import type { MagicRegistry } from "../magics/registry.js";
import { splitMagics } from "../magics/split.js";
import { cellModule } from "./appendix.js";
import type { LanguageServer } from "./languageServer.js";
import type { NameTable } from "./nameTable.js";

/** What completion and inspection see of the notebook. */
export interface NotebookView {
  readonly names: NameTable;
  readonly server: LanguageServer;
  readonly magics: MagicRegistry;
  readonly folder: string;
  /** The draft's document. */
  readonly file: string;
  /** Makes the types of these modules known to the server. */
  findPackages(modules: readonly string[]): void;
}

export interface Place {
  /** The cell as it stands. */
  readonly source: string;
  /** In code points, as Jupyter counts. */
  readonly cursor: number;
}

/** Code points → UTF-16 units. */
export function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** UTF-16 units → code points. */
export function codePointOffset(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}

/**
 * Puts the draft into the server and returns where the cursor is in it.
 * Before the text, because what follows unfinished text may be swallowed by an open brace or template.
 */
export function openDraft(
  source: string,
  offset: number,
  view: NotebookView,
): { line: number; character: number } {
  const { source: text } = splitMagics(source, view.magics);
  view.findPackages(
    [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g)].map(
      (match) => match[1] ?? "",
    ),
  );
  const head = importsOf(view.names, declaredIn(text));
  view.server.set(
    view.file,
    `${head}\n${text}\nexport {};`,
    /<[A-Za-z]\w*[\s/>].*<\/|\/>/s.test(text) ? "typescriptreact" : "typescript",
  );
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, character: before.at(-1)?.length ?? 0 };
}

function importsOf(names: NameTable, own: ReadonlySet<string>): string {
  const byCell = new Map<number, string[]>();
  for (const name of names.names()) {
    const meaning = names.value(name) ?? names.type(name);
    if (!meaning || own.has(name)) continue;
    byCell.set(meaning.cell, [...(byCell.get(meaning.cell) ?? []), name]);
  }
  return [...byCell]
    .map(([cell, list]) => `import { ${list.join(", ")} } from "${cellModule(cell)}";`)
    .join(" ");
}

/** Names the draft declares itself, as far as unfinished text tells. */
function declaredIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, name = ""] of text.matchAll(
    /\b(?:const|let|var|function\*?|class|enum|interface|type|namespace)\s+([\w$]+)/g,
  )) {
    found.add(name);
  }
  for (const [, pattern = ""] of text.matchAll(
    /\b(?:const|let|var|import)\s+([\w$,\s]*[{[][^=;]*?[}\]])\s*(?:=|from\b)/g,
  )) {
    for (const [name] of pattern.matchAll(/[\w$]+/g)) found.add(name);
  }
  for (const [, name = ""] of text.matchAll(/\bimport\s+(?:\*\s+as\s+)?([\w$]+)/g)) found.add(name);
  return found;
}
