/**
 * The TypeScript of a cell that is being written, of the same lines and columns: what `splitMagics` gives, except that
 * code at a magic stays where it is, whether it can be read yet or not.
 */
import { codeStart } from "./lineCode.js";
import { MagicError } from "./magicError.js";
import type { MagicDefinition, MagicRegistry } from "./registry.js";
import { type LineStart, scanLines } from "./scanLines.js";
import { emptyLines, splitMagics } from "./split.js";

/** The name that the body of an expression magic has in a draft. */
const BODY_NAME = "__body";

export function draftText(source: string, registry: MagicRegistry): string {
  const lines = source.split("\n");
  const above = emptyLines(lines);
  const [, name = "", args = ""] = /^%%([A-Za-z_][\w-]*)(?=\s|$)(.*)$/.exec(lines[above] ?? "") ?? [];
  const magic = name === "" ? undefined : registry.get(name);
  if (!magic || magic.kind === "line")
    return splitMagics(withoutLineMagics(source, registry), registry).source;
  const body = lines.slice(above + 1).join("\n");
  const head = `${"\n".repeat(above)}${headOf(magic, args.trim(), registry)}`;
  switch (magic.body ?? "text") {
    case "text":
      return splitMagics(source, registry).source;
    case "expression":
      // The type stands before the body, whose end an open bracket may hide.
      return `${head}const ${BODY_NAME}: ${magic.bodyType ?? "unknown"} =\n${body}`;
    default:
      // A statement before it, so that a `%%` in the body is no magic's.
      return `${head}\n${splitMagics(`;\n${withoutLineMagics(body, registry)}`, registry).source.slice(2)}`;
  }
}

/** What the magic's arguments declare; nothing while they are not complete. */
function headOf(magic: MagicDefinition, text: string, registry: MagicRegistry): string {
  try {
    const { args } = registry.parse({ name: magic.name, kind: "cell", text });
    const bound = magic.binds?.(args);
    return `${magic.declares?.(args) ?? ""}${bound ? `let ${bound.name}!: ${bound.type}; ` : ""}`;
  } catch (error) {
    if (error instanceof MagicError) return "";
    throw error;
  }
}

/** Puts spaces for the magics before code, `%timeit -n 5`, and for the backslashes that end its lines. */
function withoutLineMagics(source: string, registry: MagicRegistry): string {
  const pieces: string[] = [];
  let done = 0;
  scanLines(source, (start: LineStart) => {
    if (start.after === "operator" || !/^[%!]/.test(source.slice(start.offset))) return undefined;
    const line = /^(?:[^\n]*\\[^\S\n]*\n)*[^\n]*/.exec(source.slice(start.offset))?.[0] ?? "";
    const end = start.offset + line.length;
    const code = codeIn(line, registry);
    if (code !== undefined) {
      pieces.push(source.slice(done, start.offset), code);
      done = end;
    }
    return end;
  });
  return pieces.join("") + source.slice(done);
}

function codeIn(line: string, registry: MagicRegistry): string | undefined {
  const [head = "", name = ""] = /^%([A-Za-z_][\w-]*)\s+/.exec(line) ?? [];
  const magic = registry.get(name);
  const text = line.replace(/\\(?=[^\S\n]*\n)/g, " ");
  const begin = magic && codeStart(magic, text.slice(head.length));
  if (begin === undefined) return undefined;
  const at = head.length + begin;
  return text.slice(0, at).replace(/[^\n]/g, " ") + text.slice(at);
}
