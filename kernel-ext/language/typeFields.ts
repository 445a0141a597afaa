/** The fields of a type, below what is said of its name, of which the server says nothing more. */
import type { NotebookView } from "./draft.js";
import type { Inspection } from "./inspection.js";
import { explained, keysOf, listed, type Member, type Owner } from "./members.js";
import { parseCell } from "./parseCell.js";
import { child, list, type Node, nameOf, optional } from "./syntaxTree.js";

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

/** What was found, and the fields where it is the name of an interface, a class or an object's type. */
export async function withFields(
  found: Inspection,
  { name, cell, detail }: AskedType,
  view: NotebookView,
): Promise<Inspection> {
  const declared = declaredType(found.text);
  if (!declared) return found;
  const { parameters, written, short } = declared;
  const type = `${name}${parameters}`;
  const members = await keysOf(parameterOf(ownOf(type), { parameters, cell }), view);
  if (members.length === 0) return found;
  const most = MOST_EXPLAINED[detail];
  const owner = parameterOf(type, { parameters, cell });
  const fields = (await explained(members.slice(0, most), owner, view)).map(asField);
  const items = fields.map(({ signature, summary }) => `- \`${signature}\`${summary && `: ${summary}`}`);
  const rest = restOf(members.slice(most));
  const brief = (text: string) => text.replace(written, () => short);
  return {
    text: `${brief(found.text)}\n\n${listed(fields)}${rest && `\n  ${rest}\n`}`,
    markdown: `${brief(found.markdown)}\n\n${items.join("\n")}${rest && `\n\n${rest}`}`,
  };
}

interface DeclaredType {
  /** `<K, V>` of `interface Map<K, V>`, without what they extend; "" of `interface Box`. */
  readonly parameters: string;
  /** As the server writes it, and without the fields. */
  readonly written: string;
  readonly short: string;
}

/** Undefined of all but an interface, a class, and an alias of an object's type. */
function declaredType(text: string): DeclaredType | undefined {
  const written = text.split("\n\n")[0] ?? "";
  const code = written
    .replace(/^((?:abstract )?class|interface|type) (?:[\w$]+\.)+/, "$1 ")
    // Of a long type the server leaves out the middle.
    .replace(/\.\.\. \d+ more \.\.\.;?/g, "");
  const { program, errors } = parseCell(code.startsWith("type ") ? code : `${code} {}`);
  const [declared, second] = list(program, "body");
  if (errors.length > 0 || second || !declared || !declaresFields(declared)) return undefined;
  const parameters = optional(declared, "typeParameters");
  const names = parameters ? list(parameters, "params").map((one) => nameOf(child(one, "name"))) : [];
  const literal = optional(declared, "typeAnnotation");
  return {
    parameters: names.length === 0 ? "" : `<${names.join(", ")}>`,
    written,
    short: literal ? `${code.slice(0, literal.start)}{ … }` : written,
  };
}

function declaresFields(declared: Node): boolean {
  return (
    declared.type === "TSInterfaceDeclaration" ||
    declared.type === "ClassDeclaration" ||
    optional(declared, "typeAnnotation")?.type === "TSTypeLiteral"
  );
}

/** A parameter of that type: its type's own parameters are in sight there, and nowhere else. */
function parameterOf(type: string, { parameters, cell }: { parameters: string; cell: string }): Owner {
  return { name: "__it", before: `function __asked${parameters}(__it: ${type}) {\n`, after: "}", cell };
}

/** The same without what every function has, which of a type that can be called would be offered too. */
function ownOf(type: string): string {
  return `{ [__key in keyof ${type}]: ${type}[__key] }`;
}

/** `epochs?: number`, of `(property) FitOptions.epochs?: number | undefined`; of a method its first overload. */
function asField({ signature, ...field }: Member): Member {
  const [first = ""] = signature.split(/(?<=.) \(method\) /);
  const short = first
    .replace(/^\((?:property|method|accessor)\) (?:[\p{ID_Continue}$]+(?:<.*?>)?(?:\.|(?=\[)))?/u, "")
    .replace(/^\[("(?:[^"\\]|\\.)*"|[\d.]+)\]/, "$1");
  const plain = /^(?:[\p{ID_Continue}$]+|".*?")\?:/u.test(short)
    ? short.replace(/ \| undefined$/, "")
    : short;
  const cut = plain.length > LONGEST_SIGNATURE ? `${plain.slice(0, LONGEST_SIGNATURE - 1)}…` : plain;
  return { ...field, signature: cut };
}

function restOf(members: readonly string[]): string {
  if (members.length === 0) return "";
  const named = members.slice(0, MOST_NAMED);
  const more = members.length - named.length;
  return `and ${named.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}
