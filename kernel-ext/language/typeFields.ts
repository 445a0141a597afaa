/** The fields of an interface, below what is said of its name, of which the server says nothing more. */
import type { NotebookView } from "./draft.js";
import type { Inspection } from "./inspection.js";
import { explained, listed, type Member, membersOf, type Owner } from "./members.js";
import { parseCell } from "./parseCell.js";
import { child, list, nameOf, optional } from "./syntaxTree.js";

/** How much a client wants to be told: 0 some, 1 more. */
export type DetailLevel = 0 | 1;

/** More fields than this are listed by name only: each costs a question, and a long list helps nobody. */
const MOST_EXPLAINED = [30, 100] as const;
/** More names than this are counted only. */
const MOST_NAMED = 100;
const LONGEST_SIGNATURE = 160;

export interface AskedType {
  /** As the cell writes it: `FitOptions`, `data.ArraysOptions`. */
  readonly name: string;
  /** The TypeScript of the cell that asks: its magics are replaced. */
  readonly cell: string;
  readonly detail: DetailLevel;
}

/** What was found, and the fields where it is an interface's name alone. */
export async function withFields(
  found: Inspection,
  { name, cell, detail }: AskedType,
  view: NotebookView,
): Promise<Inspection> {
  const parameters = parametersOf(found.text);
  if (parameters === undefined) return found;
  const owner = ofType(`${name}${parameters}`, parameters, cell);
  const members = await membersOf(owner, view);
  if (members.length === 0) return found;
  const most = MOST_EXPLAINED[detail];
  const fields = (await explained(members.slice(0, most), owner, view)).map(asField);
  const items = fields.map(({ signature, summary }) => `- \`${signature}\`${summary && `: ${summary}`}`);
  const rest = restOf(members.slice(most));
  return {
    text: `${found.text}\n\n${listed(fields)}${rest && `\n  ${rest}\n`}`,
    markdown: `${found.markdown}\n\n${items.join("\n")}${rest && `\n\n${rest}`}`,
  };
}

/** `<K, V>` of `interface Map<K, V>`, without what they extend, "" of `interface Box`; undefined of anything else. */
function parametersOf(text: string): string | undefined {
  const head = (text.split("\n\n")[0] ?? "").replace(/^interface (?:[\w$]+\.)+/, "interface ");
  const { program, errors } = parseCell(`${head} {}`);
  const [declared, second] = list(program, "body");
  if (errors.length > 0 || second || declared?.type !== "TSInterfaceDeclaration") return undefined;
  const parameters = optional(declared, "typeParameters");
  if (!parameters) return "";
  return `<${list(parameters, "params")
    .map((one) => nameOf(child(one, "name")))
    .join(", ")}>`;
}

/** A parameter of that type: its type's own parameters are in sight there, and nowhere else. */
function ofType(type: string, parameters: string, cell: string): Owner {
  return { name: "__it", before: `function __asked${parameters}(__it: ${type}) {\n`, after: "}", cell };
}

/** `epochs?: number`, of `(property) FitOptions.epochs?: number | undefined`; of a method its first overload. */
function asField({ signature, ...field }: Member): Member {
  const [first = ""] = signature.split(/(?<=.) \(method\) /);
  const short = first.replace(/^\((?:property|method)\) (?:[\w$]+(?:<.*?>)?\.)?/, "");
  const plain = /^[\w$]+\?:/.test(short) ? short.replace(/ \| undefined$/, "") : short;
  const cut = plain.length > LONGEST_SIGNATURE ? `${plain.slice(0, LONGEST_SIGNATURE - 1)}…` : plain;
  return { ...field, signature: cut };
}

function restOf(members: readonly string[]): string {
  if (members.length === 0) return "";
  const named = members.slice(0, MOST_NAMED);
  const more = members.length - named.length;
  return `and ${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}
