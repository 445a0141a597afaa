/**
 * The declarative form of a space, as `%sweep` takes it:
 *
 *   lr=log(1e-4,1e-1) batch=[32,64,128] units=int(32,512) act=[relu,"swish"] drop=float(0,0.5,step=0.1) epochs=5
 *
 * A value is `float(low, high)`, `log(low, high)`, `int(low, high)`, each with `log` or `step=S` after the bounds,
 * a list in brackets, or one fixed value. Spaces may stand around commas.
 */
import {
  type Choice,
  categoricalDistribution,
  type Distribution,
  floatDistribution,
  intDistribution,
} from "./distribution.js";
import type { Space } from "./space.js";

/** @throws SyntaxError naming the parameter and the text, RangeError or TypeError for wrong bounds. */
export function parseSpace(text: string): Space {
  const space: Record<string, Distribution> = {};
  for (const { name, value } of assignments(text)) {
    if (Object.hasOwn(space, name)) throw new SyntaxError(`parameter "${name}" is given twice`);
    space[name] = parseDistribution(name, value);
  }
  return space;
}

/** One value of the form, such as `log(1e-4, 1e-1)`. */
export function parseDistribution(name: string, value: string): Distribution {
  const call = /^(float|log|int)\s*\((.*)\)$/s.exec(value);
  if (call) return parseCall(name, call[1] as "float" | "log" | "int", call[2] as string);
  if (/^\w+\s*\(/.test(value))
    throw new SyntaxError(
      `parameter "${name}" takes float(…), log(…), int(…), a list or a value; it was given ${value}`,
    );
  if (value.startsWith("["))
    return categoricalDistribution(
      name,
      splitList(name, value.slice(1, -1)).map((item) => parseChoice(name, item)),
    );
  return categoricalDistribution(name, [parseChoice(name, value)]);
}

function parseCall(name: string, kind: "float" | "log" | "int", inside: string): Distribution {
  const [low, high, ...rest] = splitList(name, inside);
  if (low === undefined || high === undefined)
    throw new SyntaxError(`parameter "${name}" needs ${kind}(low, high); it was given ${kind}(${inside})`);
  const options: { log?: boolean; step?: number } = kind === "log" ? { log: true } : {};
  for (const extra of rest) {
    const step = /^step\s*=\s*(.+)$/.exec(extra);
    if (step) options.step = parseNumber(name, step[1] as string);
    else if (extra === "log") options.log = true;
    else
      throw new SyntaxError(
        `parameter "${name}" takes log or step=S after its bounds; it was given ${extra}`,
      );
  }
  const bounds = [parseNumber(name, low), parseNumber(name, high)] as const;
  return kind === "int" ? intDistribution(name, bounds, options) : floatDistribution(name, bounds, options);
}

function parseNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value))
    throw new SyntaxError(
      `parameter "${name}" needs a number there; it was given ${text === "" ? "nothing" : text}`,
    );
  return value;
}

function parseChoice(name: string, text: string): Choice {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted) return quoted[2] as string;
  if (/^["']|["']$/.test(text)) throw new SyntaxError(`parameter "${name}" has an open quote in ${text}`);
  if (text === "") throw new SyntaxError(`parameter "${name}" needs a value; it was given nothing`);
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** `name=value` pairs parted by blanks outside brackets and quotes. */
function assignments(text: string): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const head = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=\s*/u.exec(rest);
    if (!head) throw new SyntaxError(`a space is written name=value name=value …; it was given ${rest}`);
    const name = head[1] as string;
    const end = valueEnd(name, rest, head[0].length);
    pairs.push({ name, value: rest.slice(head[0].length, end).trim() });
    rest = rest.slice(end).trim();
  }
  return pairs;
}

/** Where the value that starts at `start` ends: the first blank outside brackets and quotes. */
function valueEnd(name: string, text: string, start: number): number {
  let depth = 0;
  let quote = "";
  for (let i = start; i < text.length; i++) {
    const char = text[i] as string;
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(" || char === "[") depth++;
    else if (char === ")" || char === "]") depth--;
    else if (depth === 0 && /\s/.test(char) && !/^\s*\(/.test(text.slice(i))) return i;
    if (depth < 0)
      throw new SyntaxError(
        `parameter "${name}" closes a bracket that was not opened: ${text.slice(start, i + 1)}`,
      );
  }
  if (depth > 0 || quote !== "")
    throw new SyntaxError(`parameter "${name}" has an open bracket or quote: ${text.slice(start)}`);
  return text.length;
}

/** Items parted by commas outside quotes. */
function splitList(name: string, inside: string): string[] {
  if (inside.trim() === "") return [];
  const items: string[] = [];
  let item = "";
  let quote = "";
  for (const char of inside) {
    if (quote === "" && char === ",") {
      items.push(item.trim());
      item = "";
      continue;
    }
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    item += char;
  }
  if (quote !== "") throw new SyntaxError(`parameter "${name}" has an open quote in ${inside}`);
  items.push(item.trim());
  return items;
}
