/** Completion on a magic's line: names, options, and their values, all from the schema. */
import { readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeStart } from "./lineCode.js";
import { type MagicLine, magicLineAt } from "./magicLine.js";
import type { MagicDefinition, MagicRegistry } from "./registry.js";
import { type OptionSchema, optionFlag, type PositionalSchema, type Suggest } from "./schema.js";
import { cutWords, type Word } from "./tokens.js";

export interface MagicCompletion {
  /** UTF-16 offset of what the entries replace, up to the cursor. */
  readonly start: number;
  readonly entries: readonly { readonly text: string; readonly type: string; readonly signature?: string }[];
}

export interface MagicCompletionContext {
  readonly registry: MagicRegistry;
  readonly folder: string;
  readonly names: readonly string[];
}

/** `undefined` when the cursor is not on a magic's line, or on TypeScript within it. */
export async function completeMagic(
  source: string,
  offset: number,
  context: MagicCompletionContext,
): Promise<MagicCompletion | undefined> {
  const line = magicLineAt(source, offset, context.registry);
  if (!line) return undefined;
  if (line.argumentsStart < 0 || offset < line.argumentsStart)
    return completeName(source.slice(line.start, offset), line, context.registry);
  if (!line.definition) return { start: offset, entries: [] };
  if (isInCode(source, offset, line)) return undefined;
  const words = cutWords(source.slice(line.argumentsStart, offset));
  return await completeWord(line.definition, words, {
    ...context,
    lineBody: line.kind === "line" && line.definition.lineBody !== undefined,
    start: line.argumentsStart,
    offset,
  });
}

/** Whether the cursor is in the TypeScript on a magic's line, as in `%timeit f(x)`. */
export function isInCode(source: string, offset: number, line: MagicLine): boolean {
  if (line.kind !== "line" || !line.definition || line.argumentsStart < 0) return false;
  const end = source.indexOf("\n", offset);
  const args = source.slice(line.argumentsStart, end < 0 ? source.length : end);
  const begin = codeStart(line.definition, args);
  return begin !== undefined && offset >= line.argumentsStart + begin;
}

function completeName(
  typed: string,
  line: { kind: "line" | "cell"; start: number },
  registry: MagicRegistry,
): MagicCompletion {
  const only = /^%%/.test(typed)
    ? (["cell"] as const)
    : line.start === 0
      ? (["line", "cell"] as const)
      : (["line"] as const);
  const entries = only.flatMap((kind) =>
    registry.list(kind).map(({ name, summary }) => ({
      text: `${kind === "line" ? "%" : "%%"}${name}`,
      type: "magic",
      signature: summary,
    })),
  );
  const wanted = typed.replace(/^%+/, "");
  return {
    start: line.start,
    entries: entries.filter(({ text }) => text.replace(/^%+/, "").startsWith(wanted)),
  };
}

interface Here extends MagicCompletionContext {
  /** The magic's words end where TypeScript begins. */
  readonly lineBody: boolean;
  readonly start: number;
  readonly offset: number;
}

async function completeWord(
  magic: MagicDefinition,
  words: readonly Word[],
  here: Here,
): Promise<MagicCompletion> {
  const last = words.at(-1);
  const inWord = last !== undefined && here.start + last.end === here.offset;
  const before = inWord ? words.slice(0, -1) : words;
  const typed = inWord ? last.value : "";
  const start = inWord ? here.start + last.start : here.offset;
  const option = optionBefore(magic, before);
  if (/^-(-|$)/.test(typed) && !typed.includes("="))
    return { start, entries: optionEntries(magic, typed, before) };
  const inline = /^(--[\w-]+)=/.exec(typed);
  const given = inline ? optionOf(magic, inline[1] ?? "") : option;
  if (given && given.type !== "flag") {
    const value = inline ? typed.slice(inline[0].length) : typed;
    const values = await optionValues(given, value, here);
    const entries = values.filter((text) => text.startsWith(value)).map((text) => ({ text, type: "value" }));
    if (entries.length > 0 || !given.optionalValue)
      return { start: start + typed.length - value.length, entries };
  }
  const positional = positionalAt(magic, before);
  const values = positional ? await positionalValues(positional, typed, here) : [];
  const entries = values.filter((text) => text.startsWith(typed)).map((text) => ({ text, type: "value" }));
  return { start, entries: typed === "" ? [...entries, ...optionEntries(magic, "--", before)] : entries };
}

function optionOf(magic: MagicDefinition, flag: string): OptionSchema | undefined {
  return Object.entries(magic.options ?? {}).find(([key]) => optionFlag(key) === flag)?.[1];
}

/** The option that the word after these is the value of. */
function optionBefore(magic: MagicDefinition, words: readonly Word[]): OptionSchema | undefined {
  const last = words.at(-1);
  return last && !last.quoted ? optionOf(magic, last.value) : undefined;
}

function optionEntries(
  magic: MagicDefinition,
  typed: string,
  before: readonly Word[],
): MagicCompletion["entries"] {
  const used = new Set(before.map(({ value }) => value.split("=")[0]));
  return Object.entries(magic.options ?? {})
    .map(([key, option]) => ({ text: optionFlag(key), type: "option", signature: option.summary }))
    .filter(({ text }) => text.startsWith(typed) && !used.has(text));
}

function positionalAt(magic: MagicDefinition, before: readonly Word[]): PositionalSchema | undefined {
  let count = 0;
  before.forEach((word, index) => {
    const option = optionOf(magic, before[index - 1]?.value ?? "");
    const isValue = option !== undefined && option.type !== "flag";
    if (!isValue && !word.value.startsWith("--")) count++;
  });
  const all = magic.positionals ?? [];
  return all[count] ?? (all.at(-1)?.many ? all.at(-1) : undefined);
}

async function optionValues(
  option: Exclude<OptionSchema, { type: "flag" }>,
  typed: string,
  here: Here,
): Promise<readonly string[]> {
  if (option.type === "choice") return option.choices;
  if (option.type === "list" && option.choices) {
    const done = typed.slice(0, typed.lastIndexOf(",") + 1);
    return option.choices
      .filter((choice) => !done.split(",").includes(choice))
      .map((choice) => done + choice);
  }
  if (option.suggest) return await option.suggest(typed, here);
  return suggestByKind((option.placeholder ?? "").toLowerCase(), typed, here);
}

async function positionalValues(
  positional: PositionalSchema,
  typed: string,
  here: Here,
): Promise<readonly string[]> {
  if (positional.choices) return positional.choices;
  if (positional.suggest) return await positional.suggest(typed, here);
  // The code on a magic's line has not begun: it may with any name of the notebook.
  if (here.lineBody) return here.names.filter((name) => name.startsWith(typed));
  return suggestByKind(positional.name, typed, here);
}

async function suggestByKind(kind: string, typed: string, here: Here): Promise<readonly string[]> {
  if (kind === "dir") return (await suggestPaths(typed, here)).filter((path) => path.endsWith("/"));
  return /^(file|path)$/.test(kind) ? await suggestPaths(typed, here) : [];
}

/** Files and folders that begin with what was typed; folders end in `/`. */
export const suggestPaths: Suggest = (typed, { folder }) => {
  const slash = typed.lastIndexOf("/") + 1;
  const within = typed.slice(0, slash);
  const parent = slash === 0 ? folder : resolve(folder, dirname(`${within}x`));
  try {
    const found = readdirSync(parent, { withFileTypes: true });
    return found
      .map((entry) => `${within}${entry.name}${entry.isDirectory() ? "/" : ""}`)
      .filter((path) => path.startsWith(typed));
  } catch {
    // A folder that cannot be read has nothing to offer.
    return [];
  }
};
