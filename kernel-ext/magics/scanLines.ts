/** Finds the lines of a cell that begin outside strings, templates, comments, regular expressions and brackets. */

/** What stands before a line: decides whether a statement can begin there. */
export interface LineStart {
  /** UTF-16 offset of the line's first character that is no space. */
  readonly offset: number;
  /** Spaces before it. */
  readonly indent: number;
  /** 1-based. */
  readonly line: number;
  /**
   * `statement`: the last statement is over. `operand`: an expression could end here. `operator`: one goes on.
   */
  readonly after: "statement" | "operand" | "operator";
  /** Inside a block or an object literal; lines inside `(` and `[` are not told at all. */
  readonly inBraces: boolean;
}

const KEYWORDS_BEFORE_STATEMENT = new Set(["else", "do"]);
const KEYWORDS_BEFORE_EXPRESSION = new Set(
  "await case delete extends in instanceof new of return throw typeof void yield".split(" "),
);

/**
 * Calls `visit` at each such line. When it returns an offset, scanning goes on there, as after a statement.
 * Never throws: source that is not TypeScript is scanned as well as it can be.
 */
export function scanLines(source: string, visit: (start: LineStart) => number | undefined): void {
  new LineScanner(source, visit).scan();
}

/** What is still open at the end: brackets by number, with the text that closes them, or a template or remark. */
export function openBracketsOf(source: string): { depth: number; unclosed: boolean; closing: string } {
  const scanner = new LineScanner(source, () => undefined);
  scanner.scan();
  const { depth, closing } = scanner;
  return { depth, unclosed: depth > 0 || scanner.unclosed, closing };
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "`": "}`" };

class LineScanner {
  /** The source ended inside a template or a remark. */
  unclosed = false;

  #at = 0;
  #line = 1;
  #fresh = true;
  #after: LineStart["after"] = "statement";
  /** Open brackets; "`" stands for the braces of a template's `${`. */
  readonly #open: string[] = [];

  constructor(
    readonly source: string,
    readonly visit: (start: LineStart) => number | undefined,
  ) {}

  get depth(): number {
    return this.#open.length;
  }

  /** The innermost first. */
  get closing(): string {
    return this.#open
      .map((open) => CLOSING[open])
      .toReversed()
      .join("");
  }

  scan(): void {
    while (this.#at < this.source.length) {
      const char = this.source[this.#at] ?? "";
      if (char === "\n") this.#newline();
      else if (/\s/.test(char)) this.#at++;
      else if (this.#fresh && this.#offer()) continue;
      else this.#token(char);
    }
  }

  #newline(): void {
    this.#line++;
    this.#fresh = true;
    this.#at++;
  }

  /** Lets the visitor look at a fresh line; true when it took it. */
  #offer(): boolean {
    this.#fresh = false;
    const inner = this.#open.at(-1);
    if (inner !== undefined && inner !== "{") return false;
    const lineStart = this.source.lastIndexOf("\n", this.#at - 1) + 1;
    const next = this.visit({
      offset: this.#at,
      indent: this.#at - lineStart,
      line: this.#line,
      after: this.#after,
      inBraces: inner !== undefined,
    });
    if (next === undefined) return false;
    this.#skipTo(next);
    this.#after = "statement";
    return true;
  }

  #token(char: string): void {
    const rest = this.source.slice(this.#at, this.#at + 2);
    if (rest === "//") this.#skipTo(this.#find("\n", this.#at));
    else if (rest === "/*") this.#remark();
    else if (char === '"' || char === "'") this.#string(char);
    else if (char === "`") this.#template(this.#at + 1);
    else if (char === "/" && this.#after !== "operand") this.#regularExpression();
    else if (/[\w$\u0080-\uffff#@]/.test(char)) this.#word();
    else this.#punctuation(char);
  }

  #remark(): void {
    const end = this.#find("*/", this.#at + 2);
    this.unclosed ||= end === this.source.length;
    this.#skipTo(end + 2);
  }

  #find(text: string, from: number): number {
    const found = this.source.indexOf(text, from);
    return found < 0 ? this.source.length : found;
  }

  /** Moves on, counting lines. */
  #skipTo(end: number): void {
    const stop = Math.min(end, this.source.length);
    for (; this.#at < stop; this.#at++) if (this.source[this.#at] === "\n") this.#line++;
  }

  #string(quote: string): void {
    let end = this.#at + 1;
    while (end < this.source.length && this.source[end] !== quote && this.source[end] !== "\n") {
      end += this.source[end] === "\\" ? 2 : 1;
    }
    this.#skipTo(this.source[end] === quote ? end + 1 : end);
    this.#after = "operand";
  }

  /** From inside a template to its end, or to the `${` that opens an expression. */
  #template(from: number): void {
    let end = from;
    while (end < this.source.length && this.source[end] !== "`" && !this.source.startsWith("${", end)) {
      end += this.source[end] === "\\" ? 2 : 1;
    }
    this.unclosed ||= end >= this.source.length;
    const expression = this.source.startsWith("${", end);
    this.#skipTo(end + (expression ? 2 : 1));
    if (expression) this.#open.push("`");
    this.#after = expression ? "operator" : "operand";
  }

  #regularExpression(): void {
    let end = this.#at + 1;
    let inClass = false;
    while (end < this.source.length && this.source[end] !== "\n" && (inClass || this.source[end] !== "/")) {
      if (this.source[end] === "[") inClass = true;
      if (this.source[end] === "]") inClass = false;
      end += this.source[end] === "\\" ? 2 : 1;
    }
    this.#skipTo(end + 1);
    this.#after = "operand";
  }

  #word(): void {
    const word = /^[\w$\u0080-\uffff#@]+/.exec(this.source.slice(this.#at))?.[0] ?? "";
    this.#at += word.length;
    if (KEYWORDS_BEFORE_STATEMENT.has(word)) this.#after = "statement";
    else this.#after = KEYWORDS_BEFORE_EXPRESSION.has(word) ? "operator" : "operand";
  }

  #punctuation(char: string): void {
    this.#at++;
    if (char === "(" || char === "[" || char === "{") {
      this.#open.push(char);
      this.#after = char === "{" ? "statement" : "operator";
    } else if (char === "}" && this.#open.at(-1) === "`") {
      this.#open.pop();
      this.#template(this.#at);
    } else if (char === ")" || char === "]" || char === "}") {
      this.#open.pop();
      this.#after = char === "}" ? "statement" : "operand";
    } else if (char === ";") this.#after = "statement";
    else if ((char === "+" || char === "-") && this.source[this.#at] === char) this.#at++;
    else
      this.#after =
        char === "!" && this.#after === "operand" && this.source[this.#at] !== "=" ? "operand" : "operator";
  }
}
