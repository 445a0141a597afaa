/** Notebooks written and read by tests. */
import { readFileSync, writeFileSync } from "node:fs";

export interface Output {
  readonly output_type: "stream" | "execute_result" | "display_data" | "error";
  readonly text?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

export interface WrittenNotebook {
  /** Name of the kernel. */
  readonly kernel?: string;
  /** Of every cell. */
  readonly tags?: readonly string[];
}

/** Writes a notebook of code cells. */
export function writeNotebook(
  file: string,
  cells: readonly string[],
  { kernel = "tunelab", tags }: WrittenNotebook = {},
): void {
  const notebook = {
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: "code",
      execution_count: null,
      metadata: tags ? { tags } : {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, JSON.stringify(notebook, null, 1));
}

/** The outputs of each code cell; texts that the file keeps as lists of lines are joined. */
export function readOutputs(file: string): Output[][] {
  const { cells } = JSON.parse(readFileSync(file, "utf8"), joined) as {
    cells: { cell_type: string; outputs: Output[] }[];
  };
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ outputs }) => outputs);
}

/** nbformat splits multi-line texts into lists. */
function joined(key: string, value: unknown): unknown {
  const isText = key === "text" || key.startsWith("text/") || key.startsWith("image/");
  return isText && Array.isArray(value) ? value.join("") : value;
}
