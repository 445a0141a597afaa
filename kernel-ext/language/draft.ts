/** A cell that is being written: a document of its own, with the names of earlier cells before the text. */

import { draftText } from "../magics/draftText.js";
import type { MagicRegistry } from "../magics/registry.js";
import type { ModuleOf } from "./appendix.js";
import { HUB_IMPORT } from "./cellDocuments.js";
import type { DraftModules } from "./draftModules.js";
import type { LanguageServer } from "./languageServer.js";
import type { NameTable } from "./nameTable.js";

/** What completion and inspection see of the notebook. */
export interface NotebookView {
  readonly names: NameTable;
  readonly server: LanguageServer;
  readonly magics: MagicRegistry;
  readonly folder: string;
  /** Of the drafts so far. */
  readonly modules: DraftModules;
  readonly moduleOf: ModuleOf;
  /** The draft's document, as TypeScript or as TSX. */
  draftFile(markup: boolean): string;
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

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Draft {
  readonly file: string;
  /** Where the cursor is in it. */
  readonly position: Position;
}

/**
 * Puts the draft into the server and returns where the cursor is in it.
 * Before the text, because what follows unfinished text may be swallowed by an open brace or template.
 */
export function openDraft(source: string, offset: number, view: NotebookView): Draft {
  const text = draftText(source.replace(/\r\n?/g, "\n"), view.magics);
  const modules = [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g)].map(
    (match) => match[1] ?? "",
  );
  const beside = view.modules.beside(modules);
  view.findPackages([...beside, ...modules]);
  const head = importsOf(view, declaredIn(text), beside);
  const file = view.draftFile(/<\/|\/>/.test(text));
  view.server.set(file, `${head}\n${text}`);
  const before = source.slice(0, offset).split("\n");
  return { file, position: { line: before.length, character: before.at(-1)?.length ?? 0 } };
}

function importsOf(
  { names, moduleOf }: NotebookView,
  own: ReadonlySet<string>,
  beside: readonly string[],
): string {
  const others = beside.map((module) => `import {} from ${JSON.stringify(module)};`);
  const imports = names.names().flatMap((name) => {
    const meaning = names.value(name) ?? names.type(name);
    return meaning && !own.has(name) ? [`import ${name} = ${moduleOf(meaning.cell)}.${name};`] : [];
  });
  // After an import the server would offer only what can follow one: a statement of another kind comes between.
  return [HUB_IMPORT, ...others, ...imports, "export {}; 0;"].join(" ");
}

/** Names the draft declares itself, as far as unfinished text tells. */
export function declaredIn(text: string): Set<string> {
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
