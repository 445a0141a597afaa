/** What `name?` tells: type, documentation and an example; of a namespace what is in it, of an interface its fields. */
import { completeCell } from "./completeCell.js";
import { type NotebookView, openDraft } from "./draft.js";
import { hoverAt, type Inspection, inspectCell } from "./inspectCell.js";

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
  for (const head of headsOf(name, cell)) {
    const found = await inspectAtEnd(`${head}\n${name}`, view);
    if (found && !/^any$|^import \w+$/.test(found.text))
      return /^module "/.test(found.text)
        ? await namespaceHelp(name, head, view)
        : await withOptions(readable(found), cell, view);
    const type = await typeAt(name, head, view);
    if (type) return await typeHelp(type, { name, head }, view);
  }
  return undefined;
}

/** What may stand before a name that is asked about: the cell itself, else what brings the name from tunelab. */
function headsOf(name: string, cell: string): readonly string[] {
  const [root = name] = name.split(".");
  return [cell, `import { ${root} } from "tunelab";`];
}

/** An interface or a type alias, which stand for no value. */
async function typeAt(name: string, head: string, view: NotebookView): Promise<Inspection | undefined> {
  const found = await inspectAtEnd(`${head}\ntype __Asked = ${name}`, view);
  const isType = found && /^(?:interface|type) /.test(found.text) && !found.text.includes("/*unresolved*/");
  return isType ? readable(found) : undefined;
}

/** Its words, and each field with its own. */
async function typeHelp(
  { text, markdown }: Inspection,
  { name, head }: Owner,
  view: NotebookView,
): Promise<Inspection> {
  const value = { name: "__asked", head: `${head}\ndeclare const __asked: ${name};` };
  const fields = (await explained(await membersOf(value, view), value, view)).map(asField);
  const items = fields.map(({ signature, summary }) => `- \`${signature}\`${summary && `: ${summary}`}`);
  return { text: `${text}\n\n${listed(fields)}`, markdown: `${markdown}\n\n${items.join("\n")}` };
}

async function inspectAtEnd(source: string, view: NotebookView): Promise<Inspection | undefined> {
  return await inspectCell({ source, cursor: [...source].length }, view);
}

/** `epochs?: number`, of `(property) FitOptions.epochs?: number | undefined`. */
function asField({ signature, ...field }: Member): Member {
  const short = signature.replace(/^\((?:property|method)\) (?:[\w$]+(?:<.*?>)?\.)?/, "");
  return { ...field, signature: /^[\w$]+\?:/.test(short) ? short.replace(/ \| undefined$/, "") : short };
}

/** A signature gives its options' type by name only: where that can be asked about, it is said. */
async function withOptions(
  { text, markdown }: Inspection,
  cell: string,
  view: NotebookView,
): Promise<Inspection> {
  const options = /\boptions\??: (\w+Options)\b/.exec(text)?.[1];
  if (options === undefined) return { text, markdown };
  const found = await Promise.all(headsOf(options, cell).map((head) => typeAt(options, head, view)));
  if (!found.some((one) => one !== undefined)) return { text, markdown };
  return {
    text: `${text}\n\n${options}? tells each option.`,
    markdown: `${markdown}\n\n\`${options}?\` tells each option.`,
  };
}

async function namespaceHelp(name: string, head: string, view: NotebookView): Promise<Inspection> {
  const matches = await membersOf({ name, head }, view);
  const isLong = matches.length > MOST_EXPLAINED;
  const rows = isLong ? matches.map(unexplained) : await explained(matches, { name, head }, view);
  const title = `${name} has ${matches.length} members; ${name}.NAME? tells more of one.`;
  const text = isLong ? `  ${matches.join(" ")}\n` : listed(rows);
  const markdown = rows.map(({ member, summary }) => `- \`${name}.${member}\`${summary && `: ${summary}`}`);
  return { text: `${title}\n\n${text}`, markdown: `${title}\n\n${markdown.join("\n")}` };
}

/** What has members: `name`, behind what `head` declares. */
interface Owner {
  readonly name: string;
  readonly head: string;
}

async function membersOf({ name, head }: Owner, view: NotebookView): Promise<readonly string[]> {
  const asked = `${head}\n${name}.`;
  return (await completeCell({ source: asked, cursor: [...asked].length }, view)).matches;
}

interface Member {
  readonly member: string;
  readonly signature: string;
  /** The first sentence. */
  readonly summary: string;
}

const unexplained = (member: string): Member => ({ member, signature: member, summary: "" });

function listed(rows: readonly Member[]): string {
  const text = rows.map(
    ({ signature, summary }) => `  ${signature}\n${summary === "" ? "" : `      ${summary}\n`}`,
  );
  return `${text.join("\n").trimEnd()}\n`;
}

/** One draft holds all members, a line each. */
async function explained(
  members: readonly string[],
  { name, head }: Owner,
  view: NotebookView,
): Promise<Member[]> {
  const lines = members.map((member) => `${name}.${member};`);
  const { file, position: begin } = openDraft(`${lines.join("\n")}\n${head}`, 0, view);
  return await Promise.all(
    members.map(async (member, index) => {
      const place = { line: begin.line + index, character: name.length + 1 };
      const [signature = member, summary = ""] =
        (await hoverAt({ file, server: view.server }, place))?.text.split("\n\n") ?? [];
      return {
        member,
        signature: signature.replace(/\s*\n\s*/g, " "),
        summary: /^.*?\.(?=\s|$)|^.*/s.exec(summary)?.[0].replace(/\s+/g, " ") ?? "",
      };
    }),
  );
}

/** The server writes `*@param* \`x\` — …`: good as Markdown, not as text. */
function readable({ text, markdown }: Inspection): Inspection {
  return { text: text.replace(/^\*@(\w+)\*/gm, "@$1").replace(/^(@\w+ )`(\w+)`/gm, "$1$2"), markdown };
}
