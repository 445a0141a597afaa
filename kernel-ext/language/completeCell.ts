/** Completion in a cell: magics by their schemas, everything else by TypeScript. */
import { completeMagic } from "../magics/completeMagic.js";
import { completeShell } from "../magics/completeShell.js";
import { isAbsentValue, isBrowserType } from "./absentGlobals.js";
import { type ModulePlace, modulePlace, packageModules } from "./completeModule.js";
import { codePointOffset, type NotebookView, openDraft, type Place, utf16Offset } from "./draft.js";
import { KERNEL_ROOT } from "./kernelRoot.js";
import type { Meaning } from "./nameTable.js";
import { LanguageServerError } from "./serverProcess.js";

export interface CompletionEntry {
  readonly text: string;
  /** As JupyterLab shows it: `function`, `variable`, `property`, `module`, `magic`, … */
  readonly type: string;
  readonly signature?: string;
}

export interface Completion {
  readonly matches: readonly string[];
  /** In code points: what the match replaces. */
  readonly start: number;
  readonly end: number;
  readonly entries: readonly CompletionEntry[];
}

/** Names of ours that the checker must know and nobody should write. */
const HIDDEN = /^__(?:ts|cells$|tunelab$|own_|body$)/;

export async function completeCell({ source, cursor }: Place, view: NotebookView): Promise<Completion> {
  const offset = utf16Offset(source, cursor);
  const names = view.names.names();
  const context = { registry: view.magics, folder: view.folder, names };
  const magic =
    (await completeMagic(source, offset, context)) ?? (await completeShell(source, offset, context));
  if (magic) return completion(source, magic.start, offset, magic.entries);
  const module = modulePlace(source.slice(0, offset));
  const start = module ? offset - module.typed.length + module.before.length : wordStart(source, offset);
  // Below a module of Node's the server looks for files of the kernel's.
  const items = module?.typed.startsWith("node:") ? [] : await askServer(source, offset, view);
  const before = source.slice(0, start);
  const isMember = /(?<!\.\.)\.\s*$/.test(before);
  const entries = entriesOf(items, { isMember, isQuoted: /["'`]$/.test(before), view });
  const typed = source.slice(start, offset);
  const offered = module ? [...entries, ...packageEntries(module, view)].map(withoutBefore(module)) : entries;
  return completion(source, start, offset, rank(offered, typed));
}

function completion(
  source: string,
  start: number,
  end: number,
  entries: readonly CompletionEntry[],
): Completion {
  return {
    matches: entries.map(({ text }) => text),
    start: codePointOffset(source, start),
    end: codePointOffset(source, end),
    entries,
  };
}

/** Where the word before the cursor begins. */
function wordStart(source: string, offset: number): number {
  return offset - (/[\p{ID_Continue}$#@]*$/u.exec(source.slice(0, offset))?.[0].length ?? 0);
}

function packageEntries({ typed }: ModulePlace, { folder }: NotebookView): RankedEntry[] {
  const modules = packageModules(typed, { folder, kernel: KERNEL_ROOT });
  return modules.map((text) => ({ text, type: "module", sort: "12" }));
}

/** The server names packages whole and files by their last part: a match replaces the last part only. */
function withoutBefore({ before }: ModulePlace): (entry: RankedEntry) => RankedEntry {
  return (entry) =>
    before !== "" && entry.text.startsWith(before)
      ? { ...entry, text: entry.text.slice(before.length) }
      : entry;
}

interface ServerItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly insertText?: string;
  readonly filterText?: string;
  readonly labelDetails?: { readonly detail?: string };
  readonly detail?: string;
}

interface RankedEntry extends CompletionEntry {
  readonly sort: string;
}

async function askServer(source: string, offset: number, view: NotebookView): Promise<ServerItem[]> {
  const { file, position } = openDraft(source, offset, view);
  try {
    const answer = await view.server.ask<ServerItem[] | { items: ServerItem[] } | null>(
      "textDocument/completion",
      file,
      { position, context: { triggerKind: 1 } },
    );
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  } catch (error) {
    if (error instanceof LanguageServerError) return [];
    throw error;
  }
}

interface ListPlace {
  /** Behind a dot. */
  readonly isMember: boolean;
  /** Behind a quote: a key or a text, no name of the notebook's. */
  readonly isQuoted: boolean;
  readonly view: NotebookView;
}

function entriesOf(items: readonly ServerItem[], { isMember, isQuoted, view }: ListPlace): RankedEntry[] {
  const order = isMember ? "members" : orderOf(items);
  return items.flatMap((item) => {
    const { label, sortText = "11" } = item;
    const own = isMember || isQuoted ? undefined : (view.names.value(label) ?? view.names.type(label));
    // `[Symbol.iterator]` would have to replace the dot too.
    if (isMember && /^\??\.?\[/.test(item.insertText ?? label)) return [];
    if (order === "values" && sortText >= GLOBAL && !own && isAbsentValue(label)) return [];
    return [entryOf(item, own, `${own ? "0" : "1"}${sortText}${placeIn(order, item)}`)];
  });
}

function entryOf(item: ServerItem, own: Meaning | undefined, sort: string): RankedEntry {
  const text =
    item.insertText && !item.insertText.includes("$") ? item.insertText : item.label.replace(/\?$/, "");
  return {
    text: text.replace(/^\??\./, ""),
    type: own?.kind === "function" ? "function" : (KINDS[item.kind ?? 0] ?? "text"),
    sort,
    ...(item.labelDetails?.detail ? { signature: item.labelDetails.detail } : {}),
  };
}

/** The server's sort text of globals and keywords; those of nearer scopes come before. */
const GLOBAL = "15";

const KEYWORD = 14;

type Order = "members" | "values" | "types";

/** What is wanted at the cursor, told by the keywords that the server offers: `function` begins a value only. */
function orderOf(items: readonly ServerItem[]): Order {
  const keywords = items.filter(({ kind }) => kind === KEYWORD);
  if (keywords.length === 0) return "members";
  return keywords.some(({ label }) => label === "function") ? "values" : "types";
}

/** Among names of one scope: where a value is wanted lower case first, where a type is wanted the DOM's last. */
function placeIn(order: Order, { label, kind }: ServerItem): number {
  if (order === "types") return kind === KEYWORD ? 0 : isAbsentValue(label) || isBrowserType(label) ? 2 : 1;
  if (/^__|^[^\p{ID_Start}$_]/u.test(label)) return 3;
  return /^_/.test(label) ? 2 : /^\p{Lu}/u.test(label) ? 1 : 0;
}

/** Those that begin with what was typed, the same letters' case first; then by the server's order and ours. */
function rank(entries: readonly RankedEntry[], typed: string): CompletionEntry[] {
  const lower = typed.toLowerCase();
  const fitting = entries.filter(({ text }) => text.toLowerCase().startsWith(lower) && !HIDDEN.test(text));
  const order = ({ text, sort }: RankedEntry) => `${text.startsWith(typed) ? 0 : 1}${sort}`;
  const keyed = fitting.map((entry) => ({ entry, key: order(entry) }));
  const seen = new Set<string>();
  return keyed
    .sort((a, b) => compare(a.key, b.key) || compare(a.entry.text, b.entry.text))
    .map(({ entry: { sort: _, ...entry } }) => entry)
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The server's kinds of completion items, by number (Language Server Protocol 3.17, CompletionItemKind). */
const KINDS: Record<number, string> = {
  2: "method",
  3: "function",
  4: "constructor",
  5: "property",
  6: "variable",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  14: "keyword",
  17: "file",
  19: "folder",
  20: "enum member",
  21: "constant",
  22: "interface",
  25: "type parameter",
};
