/** What `name?` tells: type, documentation and an example; of a namespace, what is in it. */
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
  const [root = name] = name.split(".");
  for (const head of [cell, `import { ${root} } from "tunelab";`]) {
    const found = await inspectAtEnd(`${head}\n${name}`, view);
    if (!found || /^any$|^import \w+$/.test(found.text)) continue;
    return /^module "/.test(found.text) ? await namespaceHelp(name, head, view) : readable(found);
  }
  return undefined;
}

async function inspectAtEnd(source: string, view: NotebookView): Promise<Inspection | undefined> {
  return await inspectCell({ source, cursor: [...source].length }, view);
}

async function namespaceHelp(name: string, head: string, view: NotebookView): Promise<Inspection> {
  const asked = `${head}\n${name}.`;
  const { matches } = await completeCell({ source: asked, cursor: [...asked].length }, view);
  const rows =
    matches.length > MOST_EXPLAINED
      ? matches.map((member) => ({ member, signature: member, summary: "" }))
      : await explained(matches, { name, head }, view);
  const title = `${name} has ${matches.length} members; ${name}.NAME? tells more of one.`;
  const text =
    matches.length > MOST_EXPLAINED
      ? [`  ${matches.join(" ")}`]
      : rows.map(({ signature, summary }) => `  ${signature}\n${summary === "" ? "" : `      ${summary}\n`}`);
  const markdown = rows.map(({ member, summary }) => `- \`${name}.${member}\`${summary && `: ${summary}`}`);
  return {
    text: `${title}\n\n${text.join("\n").trimEnd()}\n`,
    markdown: `${title}\n\n${markdown.join("\n")}`,
  };
}

/** One draft holds all members, a line each. */
async function explained(
  members: readonly string[],
  { name, head }: { name: string; head: string },
  view: NotebookView,
) {
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
