/** What the server says of the name at a position of a file. */
import type { Position } from "./draft.js";
import { withoutFlatNames } from "./flatNames.js";
import type { LanguageServer } from "./languageServer.js";

/** A draft in the server; or another file that the cells' program has. */
export interface OpenDraft {
  readonly file: string;
  readonly server: LanguageServer;
}

export type Markup = string | { readonly value: string } | undefined;

/** Markdown: a block of code, and the documentation below it. Empty where it says nothing. */
export async function hover({ server, file }: OpenDraft, position: Position): Promise<string> {
  const answer = await server.ask<{ contents: Markup | Markup[] } | null>("textDocument/hover", file, {
    position,
  });
  return [answer?.contents]
    .flat()
    .map((part) => withoutFlatNames(plainOf(part)))
    .filter((part) => part !== "")
    .join("\n\n")
    .trim();
}

export function plainOf(markup: Markup): string {
  return typeof markup === "string" ? markup : (markup?.value ?? "");
}
