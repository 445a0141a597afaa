/** What `name?` tells: type, documentation and an example; of a namespace what is in it, of a type its fields. */
import { declaredIn, type NotebookView, openDraft } from "./draft.js";
import { inspectCell } from "./inspectCell.js";
import { hoverAt, type Inspection } from "./inspection.js";
import { explained, listed, membersOf, unexplained } from "./members.js";
import { withFields } from "./typeFields.js";

/** More members than this are listed by name only: each costs a question. */
const MOST_EXPLAINED = 30;

/**
 * @param cell The rest of the cell that asks: a name may be its own. A name that neither it nor an earlier cell has is
 *   looked up in tunelab. `undefined` when nothing is known.
 */
export async function nameHelp(
  name: string,
  cell: string,
  view: NotebookView,
): Promise<Inspection | undefined> {
  if (name.startsWith("%")) return inspectAtEnd(name, view);
  for (const head of headsOf(name, cell, view)) {
    const found = await inspectAtEnd(`${head}\n${name}`, view);
    const isValue = found && !/^any$|^import \w+$/.test(found.text);
    // A global constructor is a `var` beside its interface, which tells more; a type of that name may be meant too.
    const type = !isValue || found.text.startsWith("var ") ? await typeAt(name, head, view) : undefined;
    if (type) return await withFields(type, { name, cell: head, detail: 1 }, view);
    if (!isValue) continue;
    return /^module "/.test(found.text)
      ? await namespaceHelp(name, head, view)
      : await withOptions(found, cell, view);
  }
  return undefined;
}

/**
 * What may stand before a name that is asked about: the cell itself, and what brings the name from tunelab; that first
 * where no cell declares the name, since a global may have it too, as the DOM's `History`.
 */
function headsOf(name: string, cell: string, { names }: NotebookView): readonly string[] {
  const [root = name] = name.split(".");
  const ofTunelab = `import { ${root} } from "tunelab";`;
  const isOwn = names.value(root) ?? names.type(root) ?? declaredIn(cell).has(root);
  return isOwn ? [cell, ofTunelab] : [ofTunelab, cell];
}

/** An interface or a type alias, which stand for no value. */
async function typeAt(name: string, head: string, view: NotebookView): Promise<Inspection | undefined> {
  const source = `${head}\ntype __Asked = ${name}`;
  const { file, position } = openDraft(source, source.length, view);
  const found = await hoverAt({ file, server: view.server }, position);
  const isType = found && /^(?:interface|type) /.test(found.text) && !found.text.includes("/*unresolved*/");
  return isType ? found : undefined;
}

async function inspectAtEnd(source: string, view: NotebookView): Promise<Inspection | undefined> {
  return await inspectCell({ source, cursor: [...source].length, detail: 1 }, view);
}

/** A signature gives its options' type by name only: where that can be asked about, it is said. */
async function withOptions(
  { text, markdown }: Inspection,
  cell: string,
  view: NotebookView,
): Promise<Inspection> {
  const options = /\boptions\??: ([\w$.]+Options)\b/.exec(text)?.[1];
  if (options === undefined || !(await hasType(options, cell, view))) return { text, markdown };
  return {
    text: `${text}\n\n${options}? tells each option.`,
    markdown: `${markdown}\n\n\`${options}?\` tells each option.`,
  };
}

/** Asks one after the other: there is one draft, and a second text would answer for the first. */
async function hasType(name: string, cell: string, view: NotebookView): Promise<boolean> {
  for (const head of headsOf(name, cell, view)) if (await typeAt(name, head, view)) return true;
  return false;
}

async function namespaceHelp(name: string, head: string, view: NotebookView): Promise<Inspection> {
  const owner = { name, cell: head };
  const matches = await membersOf(owner, view);
  const isLong = matches.length > MOST_EXPLAINED;
  const rows = isLong ? matches.map(unexplained) : await explained(matches, owner, view);
  const title = `${name} has ${matches.length} members; ${name}.NAME? tells more of one.`;
  const text = isLong ? `  ${matches.join(" ")}\n` : listed(rows);
  const markdown = rows.map(({ member, summary }) => `- \`${name}.${member}\`${summary && `: ${summary}`}`);
  return { text: `${title}\n\n${text}`, markdown: `${title}\n\n${markdown.join("\n")}` };
}
