/** Takes the magics out of a cell and leaves TypeScript of the same lines. */
import { expressionBody } from "./expressionBody.js";
import { functionBody, lineBody, type Piece } from "./lineBody.js";
import type { MovedCode } from "./movedCode.js";
import type { MagicRegistry } from "./registry.js";
import { type LineStart, scanLines } from "./scanLines.js";
import type { GivenParameter } from "./spaceTypes.js";

export interface SplitError {
  readonly message: string;
  /** 1-based line in the cell. */
  readonly line: number;
}

export interface LineMagic {
  readonly name: string;
  readonly args: string;
  /** 1-based line in the cell. */
  readonly line: number;
}

export interface SplitCell {
  /**
   * TypeScript to check and compile. The same lines as the cell; lines without magics are unchanged, so positions on
   * them are the cell's own. `%name args` is `await __tunelab.magic("name", "args");`, `!cmd` is
   * `await __tunelab.shell("cmd");`. Of a `%%name` cell it is the body (blank for bodies of text).
   */
  readonly source: string;
  /** For lines with magics: where their TypeScript was written. */
  readonly moved: readonly MovedCode[];
  /** Set for `%%name` on the first line that is neither blank nor a remark. `body` is the lines below, as written. */
  readonly cellMagic?: { readonly name: string; readonly args: string; readonly body: string };
  readonly lineMagics: readonly LineMagic[];
  /** Names asked about with `name?`; `%name?` keeps its percent signs. The front answers with a page. */
  readonly help: readonly string[];
  /** Unknown magics, bad arguments, `%%name` below code: the cell must not run. */
  readonly errors: readonly SplitError[];
}

const CELL_MAGIC = /^%%([A-Za-z_][\w-]*)(?=[\s;]|$)(.*)$/;

/** Never throws for a person's mistake: it is told in `errors`. */
export function splitMagics(source: string, registry: MagicRegistry): SplitCell {
  const text = source.replace(/\r\n?/g, "\n");
  const lines = text.split("\n");
  const above = emptyLines(lines);
  const cell = CELL_MAGIC.exec((lines[above] ?? "").trimEnd());
  if (!cell) return new Split(text, registry).result();
  const [, name = "", rest = ""] = cell;
  const body = lines.slice(above + 1).join("\n");
  return splitCellMagic({ name, args: rest.trim(), body }, above, registry);
}

/** How many lines stand before the first that is neither blank nor a remark. */
export function emptyLines(lines: readonly string[]): number {
  const first = lines.findIndex((line) => !/^\s*(\/\/.*)?$/.test(line));
  return Math.max(0, first);
}

/** @param above lines before the magic's. */
function splitCellMagic(
  call: { name: string; args: string; body: string },
  above: number,
  registry: MagicRegistry,
): SplitCell {
  const head = "\n".repeat(above);
  const blank = `${head}${"\n".repeat(call.body.split("\n").length)}`;
  const nothing = { source: blank, moved: [], cellMagic: call, lineMagics: [], help: [], errors: [] };
  try {
    const { definition, args } = registry.parse({ name: call.name, kind: "cell", text: call.args });
    switch (definition.body ?? "text") {
      case "text":
        return nothing;
      case "code":
        return {
          ...new Split(`${head}${definition.declares?.(args) ?? ""}\n${call.body}`, registry).result(),
          cellMagic: call,
        };
      case "function":
        return { ...nothing, source: `${head}${functionBody(call.name, call.body)}` };
      case "expression": {
        const bound = definition.binds?.(args);
        const declaration = bound ? `let ${bound.name}!: ${bound.type}; ` : "";
        const body = expressionBody(call.name, call.body, definition.bodyType ?? "unknown");
        return { ...nothing, source: `${head}${declaration}${body}` };
      }
    }
  } catch (error) {
    return { ...nothing, errors: [{ message: messageOf(error), line: above + 1 }] };
  }
  return nothing;
}

interface LogicalLine {
  readonly command: string;
  /** The lines it is made of, without their backslashes; `offset` is a part's place in the command. */
  readonly parts: readonly { readonly text: string; readonly offset: number }[];
}

class Split {
  readonly #lines: string[];
  readonly #lineMagics: LineMagic[] = [];
  readonly #help: string[] = [];
  readonly #errors: SplitError[] = [];
  readonly #moved: MovedCode[] = [];

  constructor(
    readonly text: string,
    readonly registry: MagicRegistry,
  ) {
    this.#lines = text.split("\n");
    scanLines(text, (start) => this.#line(start));
  }

  result(): SplitCell {
    const source = this.#lines.join("\n");
    return {
      source,
      moved: this.#moved,
      lineMagics: this.#lineMagics,
      help: this.#help,
      errors: this.#errors,
    };
  }

  /** Replaces the line if it is a magic's, and says where to go on. */
  #line(start: LineStart): number | undefined {
    if (start.after === "operator") return undefined;
    const logical = this.#logicalLine(start);
    const { command } = logical;
    const pieces = this.#help_(command, start) ?? this.#magic(command, start) ?? this.#shell(command, start);
    if (pieces === undefined) return undefined;
    const index = start.line - 1;
    this.#lines[index] = this.#placed(pieces, start, logical);
    for (let more = 1; more < logical.parts.length; more++) this.#lines[index + more] = "";
    return start.offset + this.#lengthOf(start, logical.parts.length);
  }

  /** The line's text, noting where the command's own stretches come to stand. */
  #placed(pieces: readonly Piece[], start: LineStart, { parts }: LogicalLine): string {
    let text = " ".repeat(start.indent);
    const first = { line: start.line, start: 0, end: 0 };
    this.#moved.push({ ...first, writtenLine: start.line, writtenColumn: start.indent });
    for (const piece of pieces) {
      if (typeof piece === "string") {
        text += piece;
        continue;
      }
      parts.forEach((part, index) => {
        const from = Math.max(piece.from, part.offset);
        const to = Math.min(piece.to, part.offset + part.text.length);
        if (from >= to || (piece.check && from > piece.from)) return;
        const stretch = piece.check?.text ?? part.text.slice(from - part.offset, to - part.offset);
        this.#moved.push({
          line: start.line,
          start: text.length,
          end: text.length + stretch.length,
          writtenLine: start.line + index,
          writtenColumn: from - part.offset + (index === 0 ? start.indent : 0),
          ...(piece.check && { check: { name: piece.check.name, width: to - from } }),
        });
        text += stretch;
      });
    }
    return text;
  }

  /** The line, and those it continues on by a backslash at its end. */
  #logicalLine({ offset }: LineStart): LogicalLine {
    const parts: { text: string; offset: number }[] = [];
    let length = 0;
    for (const line of this.text.slice(offset).split("\n")) {
      const goesOn = /\\\s*$/.test(line);
      const text = goesOn ? line.replace(/\\\s*$/, "") : line;
      parts.push({ text, offset: length });
      length += text.length;
      if (!goesOn) break;
    }
    return {
      command: parts
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
      parts,
    };
  }

  #lengthOf(start: LineStart, lines: number): number {
    const own = this.text.slice(start.offset).split("\n").slice(0, lines);
    return own.join("\n").length;
  }

  #help_(command: string, start: LineStart): readonly Piece[] | undefined {
    const asked =
      /^(%{0,2}[A-Za-z_$][\w$.-]*)\?{1,2}$/.exec(command)?.[1] ??
      // Before a name without a percent sign it may go on with a conditional.
      /^\?{1,2}(%{1,2}[A-Za-z_][\w-]*)$/.exec(command)?.[1];
    if (asked === undefined || start.inBraces) return undefined;
    const next = this.text
      .slice(start.offset)
      .split("\n")
      .slice(1)
      .find((line) => line.trim() !== "");
    // `ready?` may also begin a conditional over two lines.
    if (!asked.startsWith("%") && next !== undefined && /^\s*[^:]*\s:|^\s*:/.test(next)) return undefined;
    this.#help.push(asked);
    return [];
  }

  #magic(command: string, start: LineStart): readonly Piece[] | undefined {
    const cell = /^%%([A-Za-z_][\w-]*)/.exec(command)?.[1];
    if (cell !== undefined)
      return this.#error(
        start,
        `%%${cell} works on a whole cell: only blank lines and remarks may stand above it`,
      );
    const [, name, rest = ""] = /^%([A-Za-z_][\w-]*)(?=[\s;]|$)(.*)$/.exec(command) ?? [];
    if (name === undefined) return undefined;
    const surely = start.after === "statement" || (start.indent === 0 && !start.inBraces);
    // `a` and, on the next line, `%b`: the rest of a division, unless there is such a magic.
    if (!surely && !this.registry.get(name)) return undefined;
    return this.#call({ name, args: rest.trim(), line: start.line }, command.length);
  }

  /** @param end of the command, which the magic's TypeScript reaches up to. */
  #call(magic: LineMagic, end: number): readonly Piece[] {
    this.#lineMagics.push(magic);
    try {
      const { definition, args } = this.registry.parse({ name: magic.name, kind: "line", text: magic.args });
      const call = `${JSON.stringify(magic.name)}, ${JSON.stringify(magic.args)}`;
      const code = args.positionals.at(-1);
      if (definition.lineBody && code !== undefined)
        return lineBody(code, definition.lineBody, call).map(shifted(end - code.length));
      const bound = definition.binds?.(args);
      const from = end - magic.args.length;
      const checks = (definition.gives?.(args) ?? []).flatMap((given) => checkOf(given, magic.args, from));
      return bound
        ? [...checks, `let ${bound.name} = (await __tunelab.magic(${call})) as ${bound.type};`]
        : [`await __tunelab.magic(${call});`];
    } catch (error) {
      this.#errors.push({ message: messageOf(error), line: magic.line });
      return [];
    }
  }

  #shell(command: string, start: LineStart): readonly Piece[] | undefined {
    if (!command.startsWith("!") || command.length < 2) return undefined;
    if (/^!\s*([!(["'`{=]|(function|async|await|new|this|void|typeof)\b)/.test(command)) return undefined;
    const looksLikeCode = /^![\w$.()[\]?!]+\s*(&&|\|\||\?\?|\?|;|=|$)/.test(command);
    if (looksLikeCode && (start.inBraces || start.indent > 0)) return undefined;
    return [`await __tunelab.shell(${JSON.stringify(command.slice(1).trim())});`];
  }

  #error(start: LineStart, message: string): readonly Piece[] {
    this.#errors.push({ message, line: start.line });
    return [];
  }
}

/** A function that is never called: TypeScript holds what it returns against what the parameter takes. */
function checkOf(
  { function: called, name, type, word }: GivenParameter,
  args: string,
  from: number,
): Piece[] {
  const at = args.indexOf(word);
  if (at < 0) return [];
  const text = `((value: ${type}): Parameters<typeof ${called}>[0][${JSON.stringify(name)}] => value)`;
  return ["void ", { from: from + at, to: from + at + word.length, check: { name, text } }, "; "];
}

function shifted(by: number): (piece: Piece) => Piece {
  return (piece) =>
    typeof piece === "string" ? piece : { ...piece, from: piece.from + by, to: piece.to + by };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
