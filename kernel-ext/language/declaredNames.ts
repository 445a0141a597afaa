/** The names of a notebook with their types: what `%who` lists. */
import { type NotebookView, openDraft } from "./draft.js";
import type { OpenDraft } from "./hover.js";
import { hoverAt } from "./inspection.js";
import { LanguageServerError } from "./serverProcess.js";

export interface DeclaredName {
  readonly name: string;
  /** The execution count of the cell it is from. */
  readonly cell: number;
  /** Such as `const lr: 0.1`; only its kind when the type checker cannot be asked. */
  readonly type: string;
}

export async function declaredNames(view: NotebookView): Promise<DeclaredName[]> {
  const names = view.names.names().flatMap((name) => {
    const meaning = view.names.value(name) ?? view.names.type(name);
    return meaning ? [{ name, ...meaning }] : [];
  });
  // One draft holds them all, a name a line. A type alone cannot be named so: it is asked for as a type.
  const lines = names.map(({ name }) => (view.names.value(name) ? `${name};` : `null as ${name};`));
  const { file, position: begin } = openDraft(lines.join("\n"), 0, view);
  const draft = { file, server: view.server };
  return await Promise.all(
    names.map(async ({ name, cell, kind }, index) => {
      const character = (lines[index] ?? "").length - 1 - name.length;
      const found = await typeAt(draft, { line: begin.line + index, character });
      return { name, cell, type: found ?? kind };
    }),
  );
}

async function typeAt(
  draft: OpenDraft,
  position: { line: number; character: number },
): Promise<string | undefined> {
  try {
    return (await hoverAt(draft, position))?.text.split("\n\n")[0]?.replace(/\s*\n\s*/g, " ");
  } catch (error) {
    if (error instanceof LanguageServerError) return undefined;
    throw error;
  }
}
