/** What an executed notebook has to tell outside Jupyter: the text of the cells that ask for it by a tag. */
import { readFileSync } from "node:fs";
import { plainText } from "./plainText.js";

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

/** What a tag asks for: the whole text, or its first line. */
const asked = /^(report|headline):(.*)$/;

/**
 * The sections of a notebook file, in order. A cell tagged `report:Best model` gives a section headed "Best model"
 * with the text of its result; without a result, of all it showed. `headline:Best model` keeps the first line.
 */
export function notebookReport(file: string): ReportSection[] {
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: readonly Cell[] };
  return cells.flatMap((cell) => {
    const tag = cell.metadata?.tags?.map((name) => asked.exec(name)).find((match) => match !== null);
    if (cell.cell_type !== "code" || !tag) return [];
    const text = cellText(cell.outputs ?? []);
    return [
      { heading: (tag[2] ?? "").trim(), text: tag[1] === "headline" ? (text.split("\n")[0] ?? "") : text },
    ];
  });
}

function cellText(outputs: readonly Output[]): string {
  const results = outputs.filter(({ output_type }) => output_type === "execute_result");
  const told = results.length > 0 ? results : outputs;
  return told.map(textOf).filter(Boolean).join("\n").trimEnd();
}

function textOf({ text, data }: Output): string {
  const found = text ?? data?.["text/plain"] ?? "";
  const joined = Array.isArray(found) ? found.join("") : String(found);
  return plainText(joined).trimEnd();
}
