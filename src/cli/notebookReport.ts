/** What an executed notebook has to tell outside Jupyter: the text of the cells that ask for it by a tag. */
import { readFileSync } from "node:fs";

interface Output {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: string;
  readonly metadata?: { readonly tags?: readonly string[] };
  readonly outputs?: readonly Output[];
}

export interface ReportSection {
  readonly heading: string;
  readonly text: string;
}

const prefix = "report:";

/**
 * The sections of a notebook file, in order. A cell tagged `report:Best model` gives a section headed
 * "Best model" with the text of its outputs (streams, and `text/plain` of results and displays).
 */
export function notebookReport(file: string): ReportSection[] {
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: readonly Cell[] };
  return cells.flatMap((cell) => {
    const tag = cell.metadata?.tags?.find((name) => name.startsWith(prefix));
    if (cell.cell_type !== "code" || tag === undefined) return [];
    const text = (cell.outputs ?? []).map(textOf).filter(Boolean).join("\n");
    return [{ heading: tag.slice(prefix.length).trim(), text: text.trimEnd() }];
  });
}

function textOf({ text, data }: Output): string {
  const found = text ?? data?.["text/plain"] ?? "";
  const joined = Array.isArray(found) ? found.join("") : String(found);
  return withoutEscapes(joined).trimEnd();
}

/** Without terminal colours, and with lines that were overwritten by `\r` as they last stood. */
function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character.
  const plain = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
  return plain
    .split("\n")
    .map((line) => line.replace(/\r$/, "").split("\r").at(-1) ?? "")
    .join("\n");
}
