/** Writes a member of an object literal. */
import type { KeptFile, Place } from "./keptCode.js";
import { members, type Node } from "./syntax.js";

/** Over the value that it has, else behind the other members, in a line of its own where these have lines of their own. */
export function setMember({ file, node: object }: Place, name: string, value: string): void {
  const own = members(object).get(name);
  if (own?.shorthand === true) file.edit.appendLeft(own.end, `: ${value}`);
  else if (own) {
    const { start, end } = own.value as Node;
    file.edit.update(start, end, value);
  } else addMember({ file, node: object }, `${name}: ${value}`);
}

export function removeMember({ file, node: object }: Place, name: string): void {
  const all = object.properties as readonly Node[];
  const own = members(object).get(name);
  if (!own) return;
  const at = all.indexOf(own);
  const next = all[at + 1];
  const before = all[at - 1];
  if (next) file.edit.remove(own.start, next.start);
  else file.edit.remove(before?.end ?? own.start, own.end);
}

function addMember({ file, node: object }: Place, text: string): void {
  const last = (object.properties as readonly Node[]).at(-1);
  if (!last) file.edit.update(object.start, object.end, `{ ${text} }`);
  else file.edit.appendLeft(last.end, `,${gapBefore(file, last)}${text}`);
}

/** The line break and the indentation before a member that begins its line, else a space. */
function gapBefore({ text }: KeptFile, member: Node): string {
  const lead = /\r?\n[ \t]*$/.exec(text.slice(0, member.start));
  return lead ? lead[0] : " ";
}
