/** What stands at the cursor: a magic's help, a name's type and documentation, or the call it is an argument of. */
import { inspectMagic } from "../magics/inspectMagic.js";
import { withoutCellModules } from "./diagnostics.js";
import { type NotebookView, openDraft, type Place, utf16Offset } from "./draft.js";
import { LanguageServerError } from "./languageServer.js";

export interface Inspection {
  readonly text: string;
  readonly markdown: string;
}

export async function inspectCell(
  { source, cursor }: Place,
  view: NotebookView,
): Promise<Inspection | undefined> {
  const offset = utf16Offset(source, cursor);
  const magic = inspectMagic(source, offset, view.magics);
  if (magic) return magic;
  const position = openDraft(source, offset, view);
  const before = { line: position.line, character: Math.max(0, position.character - 1) };
  try {
    return (await hoverAt(view, position)) ?? (await hoverAt(view, before)) ?? (await call(view, position));
  } catch (error) {
    if (error instanceof LanguageServerError) return undefined;
    throw error;
  }
}

interface Position {
  readonly line: number;
  readonly character: number;
}

type Markup = string | { readonly value: string } | undefined;

export async function hoverAt(view: NotebookView, position: Position): Promise<Inspection | undefined> {
  const answer = await view.server.ask<{ contents: Markup | Markup[] } | null>(
    "textDocument/hover",
    view.file,
    { position },
  );
  const markdown = [answer?.contents]
    .flat()
    .map(plainOf)
    .filter((part) => part !== "")
    .join("\n\n");
  return markdown === "" ? undefined : inspection(markdown);
}

interface SignatureHelp {
  readonly signatures: readonly { readonly label: string; readonly documentation?: Markup }[];
  readonly activeSignature?: number;
}

async function call(view: NotebookView, position: Position): Promise<Inspection | undefined> {
  const answer = await view.server.ask<SignatureHelp | null>("textDocument/signatureHelp", view.file, {
    position,
  });
  const signature = answer?.signatures[answer.activeSignature ?? 0];
  if (!signature) return undefined;
  const documentation = plainOf(signature.documentation);
  return inspection(
    `\`\`\`typescript\n${signature.label}\n\`\`\`${documentation === "" ? "" : `\n\n${documentation}`}`,
  );
}

function plainOf(markup: Markup): string {
  return typeof markup === "string" ? markup : (markup?.value ?? "");
}

function inspection(markdown: string): Inspection {
  const shown = withoutCellModules(markdown)
    .replace(/^\(alias\) /gm, "")
    .replace(/\n(import|export) [\w$]+\n```/g, "\n```")
    .trim();
  return {
    markdown: shown,
    text: shown
      .replace(/^```\w+\n/gm, "")
      .replace(/^```$/gm, "")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
}
