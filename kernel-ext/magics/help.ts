/** A magic's help, from its schema: what `%name?` prints and inspection shows. */
import { describeValue } from "./parseArguments.js";
import type { MagicDefinition } from "./registry.js";
import { type OptionSchema, optionFlag, type PositionalSchema } from "./schema.js";

/** `%board [RUN…] [--tags REGEX] [--html FILE]` */
export function usage(magic: MagicDefinition): string {
  const words = (magic.positionals ?? []).map(positionalUsage);
  const options = Object.entries(magic.options ?? {}).map(([key, option]) => `[${optionUsage(key, option)}]`);
  return [`${signs(magic)}${magic.name}`, ...options, ...words].join(" ");
}

function signs(magic: MagicDefinition): string {
  return magic.kind === "cell" ? "%%" : "%";
}

function positionalUsage({ name, required, many, choices }: PositionalSchema): string {
  const shown = `${choices ? choices.join("|") : name.toUpperCase()}${many ? "…" : ""}`;
  return required ? shown : `[${shown}]`;
}

function optionUsage(key: string, option: OptionSchema): string {
  if (option.type === "flag") return optionFlag(key);
  const value =
    option.placeholder ?? (option.type === "choice" ? option.choices.join("|") : PLACEHOLDERS[option.type]);
  return option.optionalValue ? `${optionFlag(key)} [${value}]` : `${optionFlag(key)} ${value}`;
}

const PLACEHOLDERS = { text: "TEXT", number: "NUMBER", integer: "N", list: "LIST" };

/** Plain text for a console. */
export function helpText(magic: MagicDefinition): string {
  const parts = [usage(magic), "", magic.summary];
  if (magic.details) parts.push("", magic.details);
  parts.push(...section("Words", positionalRows(magic)), ...section("Options", optionRows(magic)));
  if (magic.examples)
    parts.push("", "Examples:", ...magic.examples.map((example) => `  ${example.replaceAll("\n", "\n  ")}`));
  return `${parts.join("\n")}\n`;
}

export function helpMarkdown(magic: MagicDefinition): string {
  const parts = [`\`${usage(magic)}\``, magic.summary];
  if (magic.details) parts.push(magic.details);
  for (const rows of [positionalRows(magic), optionRows(magic)]) {
    if (rows.length > 0) parts.push(rows.map(([left, right]) => `- \`${left}\`: ${right}`).join("\n"));
  }
  if (magic.examples) parts.push(`\`\`\`\n${magic.examples.join("\n")}\n\`\`\``);
  return parts.join("\n\n");
}

type Row = readonly [left: string, right: string];

function positionalRows(magic: MagicDefinition): Row[] {
  return (magic.positionals ?? []).map((positional) => [positionalUsage(positional), positional.summary]);
}

function optionRows(magic: MagicDefinition): Row[] {
  return Object.entries(magic.options ?? {}).map(([key, option]) => [
    `${option.short === undefined ? "" : `-${option.short}, `}${optionUsage(key, option)}`,
    optionNote(option),
  ]);
}

function optionNote(option: OptionSchema): string {
  if (option.type === "flag") return option.summary;
  const bounded =
    (option.type === "number" || option.type === "integer") && (option.min ?? option.max) !== undefined;
  const notes = [];
  if (bounded) notes.push(describeValue(option));
  // Without a placeholder the usage names a choice's values, but never a list's.
  if ("choices" in option && option.choices && (option.placeholder || option.type === "list"))
    notes.push(`any of ${option.choices.join(", ")}`);
  if (option.default !== undefined) notes.push(`default ${String(option.default)}`);
  return notes.length === 0 ? option.summary : `${option.summary} (${notes.join("; ")})`;
}

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.min(36, Math.max(...rows.map(([left]) => left.length)));
  return ["", `${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)];
}
