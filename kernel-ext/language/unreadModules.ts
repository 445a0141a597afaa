/** Modules that cells import and the checker is not to read: what they export is `any` to it. */
import { isNode, type Node, walk } from "./syntaxTree.js";

const UNREAD = "tunelab:unread";

/** Declares the module that stands for them, for the checker. */
export const unreadDeclaration = `declare module "${UNREAD}";\n`;

/** The cell for the checker: whatever imports one of `modules` imports what has no types. */
export function withUnread(source: string, program: Node, modules: readonly string[]): string {
  const names: Node[] = [];
  walk(program, (node) => {
    const name = node.type === "TSExternalModuleReference" ? node.expression : node.source;
    if (isNode(name) && modules.includes(String(name.value))) names.push(name);
    return undefined;
  });
  return names
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}"${UNREAD}"${text.slice(end)}`, source);
}
