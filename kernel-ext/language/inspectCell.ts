/** What stands at the cursor: a magic's help, a name's type and documentation, or the call it is an argument of. */
import { isShellLine } from "../magics/completeShell.js";
import { draftText } from "../magics/draftText.js";
import { inspectMagic } from "../magics/inspectMagic.js";
import { callHelp } from "./callHelp.js";
import { type NotebookView, openDraft, type Place, utf16Offset } from "./draft.js";
import { hoverAt, type Inspection } from "./inspection.js";
import { LanguageServerError } from "./serverProcess.js";
import { type DetailLevel, withFields } from "./typeFields.js";

export interface Asked extends Place {
  /** Default 0. */
  readonly detail?: DetailLevel;
}

export async function inspectCell(
  { source, cursor, detail = 0 }: Asked,
  view: NotebookView,
): Promise<Inspection | undefined> {
  const offset = utf16Offset(source, cursor);
  const magic = inspectMagic(source, offset, view.magics);
  if (magic) return magic;
  if (isShellLine(source, offset, view.magics)) return undefined;
  const { file, position } = openDraft(source, offset, view);
  const draft = { file, server: view.server };
  const before = { line: position.line, character: Math.max(0, position.character - 1) };
  const name = async () => {
    const found = (await hoverAt(draft, position)) ?? (await hoverAt(draft, before));
    const written = nameAt(source, offset);
    if (!found || written === "") return found;
    return await withFields(found, { name: written, cell: draftText(source, view.magics), detail }, view);
  };
  try {
    // Behind `f(` the arguments are asked about, on a name in them that name.
    return /[(,]\s*$/.test(source.slice(0, offset))
      ? ((await callHelp(draft, position, detail)) ?? (await name()))
      : ((await name()) ?? (await callHelp(draft, position, detail)));
  } catch (error) {
    if (error instanceof LanguageServerError) return undefined;
    throw error;
  }
}

/** With what it is a member of, `data.ArraysOptions`, up to the end of the word at the offset. */
function nameAt(source: string, offset: number): string {
  const before = /[\p{ID_Continue}$.]*$/u.exec(source.slice(0, offset))?.[0] ?? "";
  const after = /^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0] ?? "";
  return (before + after).replace(/^\.+/, "");
}
