/**
 * Data of a specification as objects instead of comma-separated text: Vega would read the text by a function made from
 * text, which the page's policy forbids.
 */
import type { Spec } from "../inlineData.js";

/** Every `data` as `inlineData` makes it, at any depth, replaced. The specification itself is left as it is. */
export function withPlainData(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withPlainData);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "data" && isText(value) ? { values: rowsOf(value) } : withPlainData(value),
    ]),
  );
}

interface TextData {
  readonly values: string;
  readonly format: { readonly type: "csv"; readonly parse: Readonly<Record<string, string>> };
}

function isText(value: unknown): value is TextData {
  return typeof (value as TextData | undefined)?.values === "string";
}

/** An empty cell is null, as Vega reads it. */
function rowsOf({ values, format }: TextData): Spec[] {
  const [header = [], ...rows] = cells(values);
  return rows.map((row) =>
    Object.fromEntries(
      header.map((name, i) => {
        const text = row[i] ?? "";
        return [name, text === "" ? null : format.parse[name] === "number" ? Number(text) : text];
      }),
    ),
  );
}

/** RFC 4180's rows: a quoted cell may hold commas and line breaks, and quotes twice. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, before = "", quoted, plain = ""] of text.matchAll(
    /(^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g,
  )) {
    if (before.endsWith("\n")) rows.push([]);
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return rows;
}
