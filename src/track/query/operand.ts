/** What a field is compared with: a number, a text, a duration, a time. */
import { isDuration, isTime } from "./fields.js";
import type { Refuse } from "./filterTokens.js";
import type { ComparisonNode, ComparisonSign } from "./parseFilter.js";

export interface Operand {
  /** As typed, without quotes. */
  readonly text: string;
  /** Of a duration seconds, of a time seconds since 1970; undefined for a text. */
  readonly number?: number;
  /** The word `none`. */
  readonly missing: boolean;
}

const words: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A year, month, day, hour, minute, second or millisecond: the moments in it begin with its text. */
const span = /^\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d{1,3})?)?)?Z?)?)?)?$/;

export function operandOf(node: ComparisonNode, refuse: Refuse): Operand {
  const { field, sign, value: text, quoted, valueAt } = node;
  if (!quoted && text.toLowerCase() === "none") return { text, missing: true };
  const isEquality = sign === "=" || sign === "!=";
  if (isDuration(field)) {
    const number = duration(text);
    if (number === undefined)
      refuse(valueAt, `a duration is needed, such as 90, 90s, 5m, 2h or 1d; got ${JSON.stringify(text)}`);
    return { text, number, missing: false };
  }
  if (isTime(field) && !isEquality) {
    const number = moment(text);
    if (number === undefined)
      refuse(
        valueAt,
        `a time in UTC is needed, such as 2026-11-24, "2026-11-24 13:20" or -2h (two hours ago); got ${JSON.stringify(text)}`,
      );
    return { text, number, missing: false };
  }
  if (isTime(field)) {
    if (!span.test(text))
      refuse(
        valueAt,
        `a day or a minute in UTC is needed, such as 2026-11-24 or "2026-11-24 13:20", or another sign: ${field} > -2h finds those since two hours ago; got ${JSON.stringify(text)}`,
      );
    return { text, missing: false };
  }
  const number = quoted ? undefined : numberOf(text);
  return { text, ...(number !== undefined && { number }), missing: false };
}

/** What stands for a value where order counts: times become seconds since 1970. */
export function ordered(value: string | number | boolean, field: string): string | number | boolean {
  return isTime(field) ? Date.parse(String(value)) / 1000 : value;
}

/** Numbers are ordered among themselves, and so are texts, by their letters; NaN is neither less nor more. */
export function isOrdered(
  value: string | number | boolean,
  { text, number }: Operand,
  sign: Exclude<ComparisonSign, "=" | "!=" | "~" | "!~">,
): boolean {
  if (typeof value === "number" && number !== undefined) return inOrder(value, number, sign);
  return typeof value === "string" && inOrder(value, text, sign);
}

function inOrder<T extends string | number>(value: T, than: T, sign: string): boolean {
  if (sign === "<") return value < than;
  if (sign === "<=") return value <= than;
  return sign === ">" ? value > than : value >= than;
}

function numberOf(text: string): number | undefined {
  const word = words.get(text.toLowerCase());
  if (word !== undefined) return word;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** Seconds. */
function duration(text: string): number | undefined {
  const [, size, unit = "s"] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([smhd]?)$/i.exec(text) ?? [];
  const number = Number(size);
  return size === undefined || Number.isNaN(number) ? undefined : number * (units[unit || "s"] as number);
}

/** Seconds since 1970. Without a zone UTC is meant, as tables show it. */
function moment(text: string): number | undefined {
  if (/^-.*[smhd]$/.test(text)) {
    const ago = duration(text);
    return ago === undefined ? undefined : Date.now() / 1000 + ago;
  }
  if (!/^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?$/.test(text)) return undefined;
  const iso = text.replace(" ", "T");
  const milliseconds = Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
