/** What a client is shown of a name: as text and as Markdown. */
import { dirname } from "node:path";
import { withoutCellModules } from "./diagnostics.js";
import { docSections } from "./docSections.js";
import type { Position } from "./draft.js";
import { hover, type OpenDraft } from "./hover.js";
import { opDocumentation } from "./opDocumentation.js";
import { withPackageNames } from "./packageNames.js";

export interface Inspection {
  readonly text: string;
  readonly markdown: string;
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

/** The server's Markdown, rid of what only the kernel knows: the modules that cells are, the files of packages. */
export function inspection(markdown: string, { file }: OpenDraft): Inspection {
  const named = withPackageNames(withoutCellModules(markdown), dirname(file))
    .replace(/^\(alias\) /gm, "")
    .replace(/\n(import|export) [\w$]+\n```/g, "\n```")
    // Where TensorFlow.js's own site puts it.
    .replace(/\n*^\*@doc\* — \{.*\}$/gm, "")
    .trim();
  const shown = docSections(named);
  return {
    markdown: shown,
    text: shown
      .replace(/^ *```\w+\n/gm, "")
      .replace(/^ *```$/gm, "")
      // Markdown's marks of titles and of what they list are none of the text's.
      .replace(/^\*\*([A-Z][\w ]*)\*\*:?/gm, "$1:")
      .replace(/^- `([^`\n]+)`/gm, "- $1")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
}
