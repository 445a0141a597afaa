/** A table of as many columns as a terminal has room for, and which ones are left out. */
import { type Table, type TableCell, textTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";

/** Where no terminal says how wide it is. */
const usualWidth = 100;

/** Characters a line may have: those of the terminal, else of COLUMNS. */
export function terminalWidth(): number {
  return process.stdout.columns ?? (Number(process.env.COLUMNS) || usualWidth);
}

export interface FittingOptions {
  /** Characters a line may have. */
  readonly width: number;
  /** Columns that are taken before the others. */
  readonly first: readonly string[];
}

/** The columns that fit: in this order they are taken while there is room, and they stand in the table's. */
export function fittingTable(table: Table, { width, first }: FittingOptions): Table {
  const places = table.header.map((_, place) => place);
  const isFirst = (place: number) => first.includes(table.header[place]!);
  const taken = new Set<number>();
  for (const place of [...places.filter(isFirst), ...places.filter((one) => !isFirst(one))]) {
    const chosen = places.filter((one) => one === place || taken.has(one));
    const [, rule = ""] = textTable(columnsAt(table, chosen)).split("\n");
    if (rule.length <= width) taken.add(place);
  }
  return columnsAt(
    table,
    [...taken].sort((a, b) => a - b),
  );
}

function columnsAt({ header, rows }: Table, places: readonly number[]): Table {
  return {
    header: places.map((place) => header[place]!),
    rows: rows.map((row) => places.map((place) => row[place])),
  };
}

/** The table, and a line that names the columns left out, if there are such: `3 more columns (HINT): lr, units, seed`. */
export function textWithLeftOut(
  table: Table,
  {
    names,
    hint,
    width,
  }: { readonly names: readonly string[]; readonly hint: string; readonly width: number },
): string {
  const hidden = names.filter((name) => !table.header.includes(name));
  if (hidden.length === 0) return textTable(table);
  return `${textTable(table)}\n\n${leftOutLine(hidden, { hint, width })}`;
}

/** Cut where the line ends. */
function leftOutLine(
  names: readonly string[],
  { hint, width }: { readonly hint: string; readonly width: number },
): string {
  const line = `${names.length} more column${names.length === 1 ? "" : "s"} (${hint}): ${visibleControls(names.join(", "))}`;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** Characters of a cell. */
const longestText = 28;

/** Texts as a terminal has room for them; when a run began, to the minute. */
export function shortened({ header, rows }: Table): Table {
  const short = (column: string | undefined, cell: TableCell): TableCell => {
    if (typeof cell !== "string") return cell;
    if (column === "started") return cell.slice(0, 16);
    return column === "run" ? shortName(cell) : shortText(cell);
  };
  return { header, rows: rows.map((row) => row.map((cell, i) => short(header[i], cell))) };
}

/** What stands in brackets at its end, how many trials, is kept. */
function shortName(name: string): string {
  const [count = ""] = / \([^()]*\)$/.exec(name) ?? [];
  const most = longestText - count.length;
  const own = name.slice(0, name.length - count.length);
  return own.length > most ? `${own.slice(0, Math.max(most - 1, 1))}…${count}` : name;
}

function shortText(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
