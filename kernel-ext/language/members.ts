/** What a name has behind a dot, each member with its signature and the first sentence of its documentation. */
import { completeCell } from "./completeCell.js";
import { type NotebookView, openDraft } from "./draft.js";
import { firstSentence } from "./firstSentence.js";
import { hoverAt } from "./inspection.js";

/**
 * What has members. All that is asked stands before the cell: behind it, an open bracket of the cell may hide it.
 * Invariant: neither `before` nor `name` needs a magic read.
 */
export interface Owner {
  /** The expression before the dot. */
  readonly name: string;
  /** Opens the place where `name` means it; ends with a line break unless empty. */
  readonly before?: string;
  /** Closes that place. */
  readonly after?: string;
  /** What declares it. */
  readonly cell: string;
}

export interface Member {
  readonly member: string;
  readonly signature: string;
  /** The first sentence. */
  readonly summary: string;
}

export const unexplained = (member: string): Member => ({ member, signature: member, summary: "" });

export async function membersOf(
  { name, before = "", after = "", cell }: Owner,
  view: NotebookView,
): Promise<readonly string[]> {
  const asked = `${before}${name}.`;
  const place = { source: `${asked};${after}\n${cell}`, cursor: [...asked].length };
  return (await completeCell(place, view)).matches;
}

/** Those that are no identifiers too. */
export async function keysOf(
  { name, before = "", after = "", cell }: Owner,
  view: NotebookView,
): Promise<readonly string[]> {
  const asked = `${before}${name}["`;
  const place = { source: `${asked}"];${after}\n${cell}`, cursor: [...asked].length };
  return (await completeCell(place, view)).matches;
}

/** One draft holds all members, a line each. */
export async function explained(
  members: readonly string[],
  { name, before = "", after = "", cell }: Owner,
  view: NotebookView,
): Promise<Member[]> {
  const lines = members.map((member) => `${name}${access(member)};`);
  const source = `${before}${lines.join("\n")}\n${after}\n${cell}`;
  const { file, position: begin } = openDraft(source, before.length, view);
  return await Promise.all(
    members.map(async (member, index) => {
      const opening = /^(?:\.|\[")/.exec(access(member))?.[0] ?? "";
      const place = { line: begin.line + index, character: name.length + opening.length };
      const [signature = member, ...rest] =
        (await hoverAt({ file, server: view.server }, place))?.text.split("\n\n") ?? [];
      return {
        member,
        signature: signature.replace(/\s*\n\s*/g, " "),
        summary: summaryOf(rest[0] ?? ""),
      };
    }),
  );
}

function access(member: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member) ? `.${member}` : `[${JSON.stringify(member)}]`;
}

/** Where there are only tags, what is returned. */
function summaryOf(documentation: string): string {
  const words = documentation.replace(/^\*@returns?\* — /, "");
  return /^\*@/.test(words) ? "" : firstSentence(words);
}

/** As text: a signature a line, what it is below it. */
export function listed(rows: readonly Member[]): string {
  const text = rows.map(
    ({ signature, summary }) => `  ${signature}\n${summary === "" ? "" : `      ${summary}\n`}`,
  );
  return `${text.join("\n").trimEnd()}\n`;
}
