/** What stands at the cursor: a magic's help, a name's type and documentation, or the call it is an argument of. */
import { dirname } from "node:path";
import { isShellLine } from "../magics/completeShell.js";
import { inspectMagic } from "../magics/inspectMagic.js";
import { withoutCellModules } from "./diagnostics.js";
import { type NotebookView, openDraft, type Place, type Position, utf16Offset } from "./draft.js";
import { hover, type Markup, type OpenDraft, plainOf } from "./hover.js";
import { opDocumentation } from "./opDocumentation.js";
import { withPackageNames } from "./packageNames.js";
import { LanguageServerError } from "./serverProcess.js";

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
  if (isShellLine(source, offset, view.magics)) return undefined;
  const { file, position } = openDraft(source, offset, view);
  const draft = { file, server: view.server };
  const before = { line: position.line, character: Math.max(0, position.character - 1) };
  const name = async () => (await hoverAt(draft, position)) ?? (await hoverAt(draft, before));
  try {
    // Behind `f(` the arguments are asked about, on a name in them that name.
    return /[(,]\s*$/.test(source.slice(0, offset))
      ? ((await call(draft, position)) ?? (await name()))
      : ((await name()) ?? (await call(draft, position)));
  } catch (error) {
    if (error instanceof LanguageServerError) return undefined;
    throw error;
  }
}

/** What the server says of the name at a position, and what an op of TensorFlow.js does, of which it says nothing. */
export async function hoverAt(draft: OpenDraft, position: Position): Promise<Inspection | undefined> {
  const markdown = await hover(draft, position);
  if (markdown === "" || isUnknown(markdown)) return undefined;
  const documentation = await opDocumentation({ markdown, draft, position });
  return inspection(documentation ? `${markdown}\n\n${documentation}` : markdown, draft);
}

/** What the server says of a name that nobody declared. */
function isUnknown(markdown: string): boolean {
  return /^```\w*\n(?:any|unresolved .*)\n```$/.test(markdown.trim());
}

interface SignatureHelp {
  readonly signatures: readonly { readonly label: string; readonly documentation?: Markup }[];
  readonly activeSignature?: number;
}

/** More overloads than this fill the pager and help nobody. */
const MOST_SIGNATURES = 12;

/** Every overload, and the documentation of the one that fits so far. */
async function call(draft: OpenDraft, position: Position): Promise<Inspection | undefined> {
  const answer = await draft.server.ask<SignatureHelp | null>("textDocument/signatureHelp", draft.file, {
    position,
  });
  if (!answer || answer.signatures.length === 0) return undefined;
  const labels = answer.signatures.slice(0, MOST_SIGNATURES).map(({ label }) => label);
  const more = answer.signatures.length - labels.length;
  if (more > 0) labels.push(`// and ${more} more`);
  const active = answer.signatures[answer.activeSignature ?? 0];
  const documentation = plainOf(active?.documentation);
  return inspection(
    `\`\`\`typescript\n${labels.join("\n")}\n\`\`\`${documentation === "" ? "" : `\n\n${documentation}`}`,
    draft,
  );
}

function inspection(markdown: string, { file }: OpenDraft): Inspection {
  const shown = withPackageNames(withoutCellModules(markdown), dirname(file))
    .replace(/^\(alias\) /gm, "")
    .replace(/\n(import|export) [\w$]+\n```/g, "\n```")
    // Where TensorFlow.js's own site puts it.
    .replace(/\n*^\*@doc\* — \{.*\}$/gm, "")
    .trim();
  return {
    markdown: shown,
    text: shown
      .replace(/^ *```\w+\n/gm, "")
      .replace(/^ *```$/gm, "")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
}
