/** What a call is asked for: its overloads, what the parameter at the cursor means, and in short what the others do. */
import type { Position } from "./draft.js";
import { firstSentence } from "./firstSentence.js";
import { withoutFlatNames } from "./flatNames.js";
import { type Markup, type OpenDraft, plainOf } from "./hover.js";
import { type Inspection, inspection } from "./inspection.js";
import type { DetailLevel } from "./typeFields.js";

interface Parameter {
  readonly label: string;
  readonly documentation?: Markup;
}

interface Signature {
  readonly label: string;
  readonly documentation?: Markup;
  readonly parameters?: readonly Parameter[];
  readonly activeParameter?: number;
}

interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly activeSignature?: number;
  readonly activeParameter?: number;
}

/** More overloads than this fill the pager and help nobody. */
const MOST_SIGNATURES = 12;

/** Every overload; of the one that fits so far the documentation too. With more detail, that of each parameter whole. */
export async function callHelp(
  draft: OpenDraft,
  position: Position,
  detail: DetailLevel,
): Promise<Inspection | undefined> {
  const answer = await draft.server.ask<SignatureHelp | null>("textDocument/signatureHelp", draft.file, {
    position,
  });
  if (!answer || answer.signatures.length === 0) return undefined;
  const labels = answer.signatures.slice(0, MOST_SIGNATURES).map(({ label }) => withoutFlatNames(label));
  const more = answer.signatures.length - labels.length;
  if (more > 0) labels.push(`// and ${more} more`);
  const fitting = answer.signatures[answer.activeSignature ?? 0];
  const { here, others } = parametersOf(fitting, fitting?.activeParameter ?? answer.activeParameter, detail);
  const parts = [
    `\`\`\`typescript\n${labels.join("\n")}\n\`\`\``,
    here,
    plainOf(fitting?.documentation).trim(),
    others.map((one) => `- ${one}`).join("\n"),
  ];
  return asText(inspection(parts.filter((part) => part !== "").join("\n\n"), draft));
}

/** `name: what it means`, of those that are documented. */
function parametersOf(
  signature: Signature | undefined,
  active: number | undefined,
  detail: DetailLevel,
): { here: string; others: readonly string[] } {
  let here = "";
  const others: string[] = [];
  for (const [index, { label, documentation }] of (signature?.parameters ?? []).entries()) {
    // Some write `@param name: what it means`.
    const words = plainOf(documentation)
      .trim()
      .replace(/^[:–—-]\s*/, "");
    if (words === "") continue;
    const line = `\`${nameOf(label)}\`: `;
    if (index === active) here = line + words;
    else others.push(line + (detail === 0 ? firstSentence(words) : words.replaceAll("\n", "\n  ")));
  }
  return { here, others };
}

/** `options` of `options?: FitOptions`, `...values` of `...values: number[]`. */
function nameOf(label: string): string {
  return /^(?:\.\.\.)?[\p{ID_Continue}$]+/u.exec(label)?.[0] ?? label.replace(/\}: .*$/s, "}");
}

/** Markdown's marks of the parameters' names are none of the text's. */
function asText({ text, markdown }: Inspection): Inspection {
  return { text: text.replace(/^((?:- )?)`([^`\n]+)`: /gm, "$1$2: "), markdown };
}
