/**
 * Reads a filter such as `valAccuracy > 0.97 and (config.lr < 0.01 or not status = failed)`.
 *
 *     filter     = and { "or" and }          also ||
 *     and        = unary { "and" unary }     also &&
 *     unary      = "not" unary | "(" filter ")" | comparison          also !
 *     comparison = field sign value
 *     sign       = "<" | "<=" | ">" | ">=" | "=" | "==" | "!=" | "~" | "!~"
 *     field      = word | `any letters`
 *     value      = word | "text" | 'text'
 */
import { filterTokens, type Refuse, type Token } from "./filterTokens.js";

export const comparisonSigns = ["<", "<=", ">", ">=", "=", "!=", "~", "!~"] as const;
export type ComparisonSign = (typeof comparisonSigns)[number];

export interface ComparisonNode {
  readonly kind: "comparison";
  readonly field: string;
  readonly fieldAt: number;
  readonly sign: ComparisonSign;
  readonly value: string;
  /** In quotes: a text, even if it reads like a number. */
  readonly quoted: boolean;
  readonly valueAt: number;
}

export type FilterNode =
  | { readonly kind: "and" | "or"; readonly of: readonly FilterNode[] }
  | { readonly kind: "not"; readonly of: FilterNode }
  | ComparisonNode;

/** Deeper brackets are a slip or an attack; the parser calls itself for each. */
const deepest = 100;

const connectives: ReadonlyMap<string, string> = new Map([
  ["and", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["||", "or"],
  ["not", "not"],
  ["!", "not"],
]);

/** @throws SyntaxError with the column, from 1, and what is needed there. */
export function parseFilter(filter: string): FilterNode {
  return new Parser(filter).whole();
}

/** A `SyntaxError` for a place in a filter. */
export function refuseFilter(filter: string): Refuse {
  return (at, why) => {
    throw new SyntaxError(`filter runs by ${JSON.stringify(filter)}: column ${at + 1}: ${why}`);
  };
}

class Parser {
  readonly #refuse: Refuse;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(filter: string) {
    this.#refuse = refuseFilter(filter);
    this.#tokens = filterTokens(filter, this.#refuse);
  }

  whole(): FilterNode {
    const node = this.#several("or");
    const { kind, at, text } = this.#peek();
    if (kind !== "end") this.#refuse(at, `and, or or the end is needed; got ${JSON.stringify(text)}`);
    return node;
  }

  #several(kind: "or" | "and"): FilterNode {
    const operand = () => (kind === "or" ? this.#several("and") : this.#unary());
    const of = [operand()];
    while (this.#take(kind)) of.push(operand());
    return of.length === 1 ? (of[0] as FilterNode) : { kind, of };
  }

  #unary(): FilterNode {
    if (++this.#depth > deepest) this.#refuse(this.#peek().at, `brackets may be ${deepest} deep at most`);
    const node = this.#not() ?? this.#bracket() ?? this.#comparison();
    this.#depth--;
    return node;
  }

  #not(): FilterNode | undefined {
    return this.#take("not") ? { kind: "not", of: this.#unary() } : undefined;
  }

  #bracket(): FilterNode | undefined {
    const { kind, text, at } = this.#peek();
    if (kind !== "sign" || text !== "(") return undefined;
    this.#next++;
    const node = this.#several("or");
    const close = this.#peek();
    if (close.text !== ")" || close.kind !== "sign")
      this.#refuse(close.at, `a ) is needed for the ( of column ${at + 1}; ${got(close)}`);
    this.#next++;
    return node;
  }

  #comparison(): ComparisonNode {
    const field = this.#peek();
    if (field.kind === "sign" || field.kind === "end" || this.#connective(field) !== undefined)
      this.#refuse(field.at, `a field is needed, such as valAccuracy or config.lr; ${got(field)}`);
    if (field.kind === "text")
      this.#refuse(
        field.at,
        `a field stands without quotes, or in backticks; got ${JSON.stringify(field.text)}`,
      );
    this.#next++;
    const sign = this.#sign(field);
    const value = this.#peek();
    if (value.kind !== "word" && value.kind !== "text")
      this.#refuse(value.at, `a value is needed after ${sign}; ${got(value)}`);
    this.#next++;
    return {
      kind: "comparison",
      field: field.text,
      fieldAt: field.at,
      sign,
      value: value.text,
      quoted: value.kind === "text",
      valueAt: value.at,
    };
  }

  #sign(field: Token): ComparisonSign {
    const token = this.#peek();
    const text = token.text === "==" ? "=" : token.text;
    const sign = comparisonSigns.find((one) => token.kind === "sign" && one === text);
    if (!sign)
      this.#refuse(
        token.at,
        `one of ${comparisonSigns.join(" ")} is needed after ${field.text}; ${got(token)}`,
      );
    this.#next++;
    return sign;
  }

  #take(connective: string): boolean {
    if (this.#connective(this.#peek()) !== connective) return false;
    this.#next++;
    return true;
  }

  /** `and`, `or` or `not`, however it is written. */
  #connective({ kind, text }: Token): string | undefined {
    return kind === "word" || kind === "sign" ? connectives.get(text.toLowerCase()) : undefined;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }
}

function got({ kind, text }: Token): string {
  return kind === "end" ? "the filter ends" : `got ${JSON.stringify(text)}`;
}
